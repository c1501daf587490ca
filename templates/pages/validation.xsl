<?xml version="1.0" encoding="UTF-8"?>
<!-- The report of a validation as one page. No network; readable and printable without scripts, which only sort a table by the column
     whose head is chosen. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:template match="/validation">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"/>
        <link rel="icon" href="data:,"/>
        <title>Validation of <xsl:value-of select="@name"/>, <xsl:value-of select="report[1]/@as_of"/></title>
        <style><xsl:value-of select="css"/></style>
      </head>
      <body>
        <header><h1>Validation of <bdi><xsl:value-of select="@name"/></bdi></h1></header>
        <xsl:if test="count(report) &gt; 1 or stranger">
          <table class="rows">
            <thead><tr><th scope="col"><xsl:value-of select="@noun"/></th><th scope="col">Verdict</th><th scope="col">Findings</th></tr></thead>
            <tbody>
              <xsl:for-each select="report">
                <tr><td><a href="#s{position()}"><bdi><xsl:value-of select="@target"/></bdi></a></td><td><xsl:value-of select="@words"/></td><td><xsl:value-of select="@counts"/></td></tr>
              </xsl:for-each>
              <xsl:for-each select="stranger"><tr><td><bdi><xsl:value-of select="@path"/></bdi></td><td>not read</td><td><xsl:value-of select="@reason"/></td></tr></xsl:for-each>
            </tbody>
          </table>
        </xsl:if>
        <xsl:apply-templates select="report"/>
        <footer><p>Made by <xsl:value-of select="@tool"/>. The SHA-256 is that of the list which md5sum prints for the files, sorted by path.</p></footer>
        <script><xsl:value-of select="script"/></script>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="report">
    <section id="s{position()}">
      <h2><xsl:value-of select="/validation/@noun"/><xsl:text> </xsl:text><bdi><xsl:value-of select="@target"/></bdi><xsl:if test="@application != ''"> of application <bdi><xsl:value-of select="@application"/></bdi></xsl:if></h2>
      <p class="verdict {@verdict}"><xsl:value-of select="@words"/></p>
      <p class="facts">rules <b><xsl:value-of select="@rules"/></b>, edition <b><xsl:value-of select="@edition"/></b> · as of <b><xsl:value-of select="@as_of"/></b> · <xsl:value-of select="/validation/@tool"/></p>
      <p class="facts"><xsl:value-of select="@coverage"/></p>
      <xsl:if test="@sha256 != ''"><p class="facts sha">SHA-256 <xsl:value-of select="@sha256"/></p></xsl:if>
      <xsl:for-each select="note"><p class="warn"><xsl:value-of select="."/></p></xsl:for-each>
      <p>
        <xsl:choose><xsl:when test="finding">Findings: <b><xsl:value-of select="@counts"/></b></xsl:when><xsl:otherwise>No findings</xsl:otherwise></xsl:choose>
        <xsl:if test="@waived != ''">; <xsl:value-of select="@waived"/></xsl:if>
        <xsl:if test="@comparison != ''">; <xsl:value-of select="@comparison"/></xsl:if>
      </p>
      <xsl:if test="cause">
        <h2>Causes <span class="n"><xsl:value-of select="count(cause)"/></span></h2>
        <table class="rows">
          <thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col">What is wrong</th><th scope="col" class="number">Places</th><th scope="col">What to do</th></tr></thead>
          <tbody><xsl:for-each select="cause">
            <tr><td><span class="tag r{@rank}"><xsl:value-of select="@severity"/></span></td><td class="code"><xsl:value-of select="@rule"/></td><td><xsl:value-of select="@title"/></td><td class="number"><xsl:value-of select="@count"/></td><td><bdi><xsl:value-of select="@remedy"/></bdi></td></tr>
          </xsl:for-each></tbody>
        </table>
        <h2>Findings <span class="n"><xsl:value-of select="count(finding)"/></span></h2>
        <xsl:call-template name="findings"><xsl:with-param name="list" select="finding"/><xsl:with-param name="more">Since the earlier report</xsl:with-param></xsl:call-template>
      </xsl:if>
      <xsl:if test="gone">
        <h2>Gone since the earlier report <span class="n"><xsl:value-of select="count(gone)"/></span></h2>
        <xsl:call-template name="findings"><xsl:with-param name="list" select="gone"/><xsl:with-param name="more"/></xsl:call-template>
      </xsl:if>
      <xsl:if test="earlier-not-run">
        <h2>Of the earlier report, and not run this time <span class="n"><xsl:value-of select="count(earlier-not-run)"/></span></h2>
        <xsl:call-template name="findings"><xsl:with-param name="list" select="earlier-not-run"/><xsl:with-param name="more"/></xsl:call-template>
      </xsl:if>
      <xsl:if test="waived-finding">
        <h2>Waived <span class="n"><xsl:value-of select="count(waived-finding)"/></span></h2>
        <xsl:call-template name="findings"><xsl:with-param name="list" select="waived-finding"/><xsl:with-param name="more">Why</xsl:with-param></xsl:call-template>
      </xsl:if>
      <xsl:if test="not-run">
        <h2>Not run <span class="n"><xsl:value-of select="count(not-run)"/></span></h2>
        <table class="rows">
          <thead><tr><th scope="col">Rule</th><th scope="col">What it looks for</th><th scope="col">Why it was not run</th></tr></thead>
          <tbody><xsl:for-each select="not-run"><tr><td class="code"><xsl:value-of select="@rule"/></td><td><xsl:value-of select="@title"/></td><td><bdi><xsl:value-of select="@reason"/></bdi></td></tr></xsl:for-each></tbody>
        </table>
      </xsl:if>
      <xsl:if test="folder">
        <h2>Files</h2>
        <ul class="tree"><xsl:apply-templates select="folder"/></ul>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template name="findings">
    <xsl:param name="list"/>
    <xsl:param name="more"/>
    <xsl:variable name="with_more" select="$list/@more != ''"/>
    <table class="rows">
      <thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col">File</th><th scope="col">Place</th><th scope="col">What is wrong</th><th scope="col">What to do</th><xsl:if test="$with_more"><th scope="col"><xsl:value-of select="$more"/></th></xsl:if></tr></thead>
      <tbody><xsl:for-each select="$list">
        <tr><td><span class="tag r{@rank}"><xsl:value-of select="@severity"/></span></td><td class="code"><xsl:value-of select="@rule"/></td><td><bdi><xsl:value-of select="@path"/></bdi></td><td><bdi><xsl:value-of select="@location"/></bdi></td><td><bdi><xsl:value-of select="@message"/></bdi></td><td><bdi><xsl:value-of select="@remedy"/></bdi></td><xsl:if test="$with_more"><td><bdi><xsl:value-of select="@more"/></bdi></td></xsl:if></tr>
      </xsl:for-each></tbody>
    </table>
  </xsl:template>

  <xsl:template match="folder">
    <li>
      <details>
        <xsl:if test="@count != '0'"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
        <summary><xsl:if test="@count = '0'"><xsl:attribute name="class">quiet</xsl:attribute></xsl:if><bdi><xsl:value-of select="@name"/></bdi><xsl:call-template name="count"/></summary>
        <xsl:apply-templates select="here"/>
        <ul><xsl:apply-templates select="folder | file"/></ul>
      </details>
    </li>
  </xsl:template>

  <xsl:template match="file">
    <li>
      <xsl:if test="@count = '0'"><xsl:attribute name="class">quiet</xsl:attribute></xsl:if>
      <bdi><xsl:if test="@missing != ''"><xsl:attribute name="class">missing</xsl:attribute></xsl:if><xsl:value-of select="@name"/></bdi><xsl:call-template name="count"/>
      <xsl:apply-templates select="here"/>
    </li>
  </xsl:template>

  <xsl:template name="count">
    <xsl:if test="@count != '0'"><xsl:text> </xsl:text><span class="tag r{@rank}"><xsl:value-of select="@count"/></span></xsl:if>
  </xsl:template>

  <xsl:template match="here">
    <div class="here"><span class="tag r{@rank}"><xsl:value-of select="@severity"/></span><xsl:text> </xsl:text><xsl:value-of select="@rule"/><xsl:text> </xsl:text><bdi><xsl:value-of select="@location"/></bdi>: <bdi><xsl:value-of select="@message"/></bdi></div>
  </xsl:template>
</xsl:stylesheet>
