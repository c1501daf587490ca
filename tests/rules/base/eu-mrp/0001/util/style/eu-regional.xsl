stands for eu-regional.xsl
