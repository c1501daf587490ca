stands for ectd-2-0.xsl
