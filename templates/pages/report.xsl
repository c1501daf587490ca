<?xml version="1.0" encoding="UTF-8"?>
<!-- Any report of the trial master file as one page: head, figures, tables, findings, notes. No network; readable and printable without
     scripts, which only sort a table by the column whose head is chosen. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:template match="/report">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"/>
        <link rel="icon" href="data:,"/>
        <title><xsl:value-of select="@subject"/></title>
        <style><xsl:value-of select="css"/></style>
      </head>
      <body>
        <header>
          <h1><xsl:value-of select="@title"/><xsl:if test="@study != ''">: <bdi><xsl:value-of select="@study"/></bdi></xsl:if></h1>
          <p class="sub"><bdi><xsl:value-of select="@study_title"/></bdi></p>
          <p class="facts">
            as of <b><xsl:value-of select="@as_of"/></b><xsl:if test="@known_at != ''">, from what was known on <b><xsl:value-of select="@known_at"/></b></xsl:if> · audience <xsl:value-of select="@audience"/>
            <xsl:if test="@model != ''"> · reference model <xsl:value-of select="@model"/> · expected documents <xsl:value-of select="@edl"/></xsl:if>
            <xsl:if test="@filter != ''"> · only <xsl:value-of select="@filter"/></xsl:if>
            <xsl:for-each select="setting"> · <xsl:value-of select="@name"/><xsl:text> </xsl:text><xsl:value-of select="@value"/></xsl:for-each>
          </p>
        </header>
        <xsl:if test="figure">
          <dl class="figures">
            <xsl:for-each select="figure">
              <div><dt><xsl:value-of select="@label"/></dt><dd><xsl:value-of select="@value"/></dd><dd class="from"><xsl:value-of select="@from"/></dd></div>
            </xsl:for-each>
          </dl>
        </xsl:if>
        <xsl:if test="finding">
          <section>
            <h2>Findings <span class="n"><xsl:value-of select="count(finding)"/></span></h2>
            <table>
              <thead><tr><th>Severity</th><th>Rule</th><th>Where</th><th>What is wrong</th><th>What to do</th></tr></thead>
              <tbody>
                <xsl:for-each select="finding">
                  <tr><td><span class="tag {@severity}"><xsl:value-of select="@severity"/></span></td><td class="code"><xsl:value-of select="@rule"/></td>
                  <td><bdi><xsl:value-of select="@place"/></bdi></td><td><bdi><xsl:value-of select="@message"/></bdi></td><td><bdi><xsl:value-of select="@remedy"/></bdi></td></tr>
                </xsl:for-each>
              </tbody>
            </table>
          </section>
        </xsl:if>
        <xsl:apply-templates select="table"/>
        <xsl:for-each select="note"><p class="note"><xsl:value-of select="."/></p></xsl:for-each>
        <footer><p>Made by <xsl:value-of select="@tool"/>. Each figure names the rows it is counted from. Percentages are rounded half up to one decimal.</p></footer>
        <script><xsl:value-of select="script"/></script>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="table">
    <section>
      <h2><xsl:value-of select="@title"/><xsl:text> </xsl:text><span class="n"><xsl:value-of select="count(row)"/></span></h2>
      <xsl:if test="@note != ''"><p class="note"><xsl:value-of select="@note"/></p></xsl:if>
      <xsl:choose>
        <xsl:when test="row">
          <div class="scroll">
            <table>
              <xsl:attribute name="class">rows<xsl:if test="part"> wide</xsl:if><xsl:if test="@tight != ''"> tight</xsl:if></xsl:attribute>
              <thead><tr><xsl:for-each select="column"><th scope="col" class="{@kind}"><xsl:value-of select="@title"/></th></xsl:for-each></tr></thead>
              <tbody>
                <xsl:for-each select="row">
                  <tr><xsl:for-each select="cell"><td class="{@kind}"><bdi><xsl:value-of select="."/></bdi></td></xsl:for-each></tr>
                </xsl:for-each>
              </tbody>
            </table>
            <xsl:apply-templates select="part"/>
          </div>
        </xsl:when>
        <xsl:otherwise><p class="none">None.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>
  <!-- Of a table that is wider than paper, shown on paper only. -->
  <xsl:template match="part">
    <xsl:variable name="columns" select="@columns"/>
    <table class="rows part">
      <caption>Part <xsl:value-of select="position()"/> of <xsl:value-of select="last()"/> of this table, which is wider than the paper; each row has the same number in every part.</caption>
      <thead><tr><xsl:for-each select="../column[contains($columns, concat(' ', position(), ' '))]"><th scope="col" class="{@kind}"><xsl:value-of select="@title"/></th></xsl:for-each></tr></thead>
      <tbody>
        <xsl:for-each select="../row">
          <tr><xsl:for-each select="cell[contains($columns, concat(' ', position(), ' '))]"><td class="{@kind}"><bdi><xsl:value-of select="."/></bdi></td></xsl:for-each></tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>
</xsl:stylesheet>
