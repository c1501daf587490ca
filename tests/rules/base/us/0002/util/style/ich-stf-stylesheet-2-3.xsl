stands for ich-stf-stylesheet-2-3.xsl
