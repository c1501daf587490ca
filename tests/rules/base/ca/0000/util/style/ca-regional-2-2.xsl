stands for ca-regional-2-2.xsl
