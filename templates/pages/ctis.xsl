<?xml version="1.0" encoding="UTF-8"?>
<!-- The index page of a dossier for the EU clinical trials portal. No network, no scripts: it opens from a share or an unpacked archive. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:template match="/dossier">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
        <link rel="icon" href="data:,"/>
        <title>Dossier <xsl:value-of select="@number"/>, <xsl:value-of select="@application"/></title>
        <style><xsl:value-of select="css"/></style>
      </head>
      <body>
        <header>
          <h1>Dossier <xsl:value-of select="@number"/>: <bdi><xsl:value-of select="@application"/></bdi></h1>
          <p class="sub"><bdi><xsl:value-of select="@title"/></bdi></p>
          <p class="facts">
            <b><xsl:value-of select="@type"/></b><xsl:if test="@description != ''">, <bdi><xsl:value-of select="@description"/></bdi></xsl:if>
            <xsl:if test="@answers != ''"> · answers <bdi><xsl:value-of select="@answers"/></bdi></xsl:if>
            · sponsor <bdi><xsl:value-of select="@sponsor"/></bdi> · protocol <bdi><xsl:value-of select="@protocol"/></bdi> version <b><bdi><xsl:value-of select="@version"/></bdi></b>
            · member states <xsl:for-each select="state"><xsl:if test="position() != 1">, </xsl:if><xsl:value-of select="@name"/></xsl:for-each>
          </p>
        </header>
        <xsl:if test="group">
          <dl class="figures">
            <xsl:for-each select="group">
              <div>
                <dt><xsl:value-of select="@title"/></dt>
                <dd><xsl:value-of select="@there"/> of <xsl:value-of select="@expected"/></dd>
                <dd class="from">documents there, or a reason given</dd>
              </div>
            </xsl:for-each>
          </dl>
        </xsl:if>
        <xsl:apply-templates select="group"/>
        <section>
          <h2>What this dossier brings <span class="n"><xsl:value-of select="count(document[@operation != 'unchanged']) + count(withdrawn)"/></span></h2>
          <xsl:call-template name="documents"><xsl:with-param name="rows" select="document[@operation != 'unchanged'] | withdrawn"/></xsl:call-template>
        </section>
        <xsl:if test="document[@operation = 'unchanged']">
          <section>
            <h2>Unchanged, from earlier dossiers <span class="n"><xsl:value-of select="count(document[@operation = 'unchanged'])"/></span></h2>
            <xsl:call-template name="documents"><xsl:with-param name="rows" select="document[@operation = 'unchanged']"/></xsl:call-template>
          </section>
        </xsl:if>
        <xsl:if test="deferral">
          <section>
            <h2>Deferrals <span class="n"><xsl:value-of select="count(deferral)"/></span></h2>
            <table class="rows">
              <thead><tr><th scope="col">Document</th><th scope="col">Until</th><th scope="col">Reason</th></tr></thead>
              <tbody><xsl:for-each select="deferral"><tr><td><xsl:value-of select="@document"/></td><td class="date"><xsl:value-of select="@until"/></td><td><bdi><xsl:value-of select="@reason"/></bdi></td></tr></xsl:for-each></tbody>
            </table>
          </section>
        </xsl:if>
        <section>
          <h2>Not certain</h2>
          <ul><xsl:for-each select="uncertain"><li><xsl:value-of select="."/></li></xsl:for-each></ul>
        </section>
        <footer><p>Made by <xsl:value-of select="@tool"/>. manifest.json holds the same for programs, with the SHA-256 of each file.</p></footer>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="group">
    <section>
      <h2><xsl:value-of select="@title"/><xsl:text> </xsl:text><span class="n"><xsl:value-of select="@there"/> of <xsl:value-of select="@expected"/></span></h2>
      <div class="scroll">
        <table class="rows">
          <thead><tr><th scope="col">Section</th><th scope="col">Document</th><th scope="col">State</th><th scope="col">Files</th></tr></thead>
          <tbody>
            <xsl:for-each select="slot">
              <tr>
                <td class="num"><b><xsl:value-of select="@code"/></b></td>
                <td><xsl:value-of select="@title"/><xsl:if test="@country != ''">, <xsl:value-of select="@country"/></xsl:if><xsl:if test="@site != ''">, site <bdi><xsl:value-of select="@site"/></bdi></xsl:if><xsl:if test="@languages != ''"> (<xsl:value-of select="@languages"/>)</xsl:if>
                  <xsl:if test="@confidence = 'unverified'"><span class="rnote">row of the check list to be verified</span></xsl:if></td>
                <td><span class="tag s-{@class}"><xsl:value-of select="@state"/></span></td>
                <td>
                  <xsl:for-each select="of">
                    <div>
                      <xsl:choose>
                        <xsl:when test="@href != ''"><a href="{@href}"><bdi><xsl:value-of select="@title"/></bdi></a><xsl:text> </xsl:text><xsl:value-of select="@language"/><xsl:if test="@version != ''">, version <bdi><xsl:value-of select="@version"/></bdi></xsl:if><xsl:if test="@publication != ''">, <xsl:value-of select="translate(@publication, '-', ' ')"/></xsl:if></xsl:when>
                        <xsl:otherwise><bdi><xsl:value-of select="@reason"/></bdi></xsl:otherwise>
                      </xsl:choose>
                    </div>
                  </xsl:for-each>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </section>
  </xsl:template>

  <xsl:template name="documents">
    <xsl:param name="rows"/>
    <xsl:choose>
      <xsl:when test="$rows">
        <div class="scroll">
          <table class="rows">
            <thead><tr><th scope="col">Change</th><th scope="col">Section</th><th scope="col">Document</th><th scope="col">State, site</th><th scope="col">Language</th><th scope="col">Version</th><th scope="col">Date</th><th scope="col">Publication</th><th scope="col">Bytes</th><th scope="col">SHA-256</th></tr></thead>
            <tbody>
              <xsl:for-each select="$rows">
                <tr>
                  <td><xsl:value-of select="@operation"/></td>
                  <td class="num"><b><xsl:value-of select="@code"/></b></td>
                  <td>
                    <xsl:choose>
                      <xsl:when test="@href != ''"><a href="{@href}"><bdi><xsl:value-of select="@title"/></bdi></a></xsl:when>
                      <xsl:otherwise><bdi><xsl:value-of select="@title"/></bdi></xsl:otherwise>
                    </xsl:choose>
                    <xsl:if test="@reason != ''"><span class="rnote">reason: <bdi><xsl:value-of select="@reason"/></bdi></span></xsl:if>
                    <xsl:if test="@operation = 'replace'"><span class="rnote"><bdi><xsl:value-of select="@why"/></bdi></span></xsl:if>
                    <xsl:if test="@answers != ''"><span class="rnote">answers <bdi><xsl:value-of select="@answers"/></bdi></span></xsl:if>
                  </td>
                  <td><xsl:value-of select="@country"/><xsl:if test="@site != ''"><xsl:text> </xsl:text><bdi><xsl:value-of select="@site"/></bdi></xsl:if></td>
                  <td><xsl:value-of select="@language"/></td>
                  <td><bdi><xsl:value-of select="@version"/></bdi></td>
                  <td class="date"><xsl:value-of select="@date"/></td>
                  <td><xsl:value-of select="translate(@publication, '-', ' ')"/></td>
                  <td class="number"><xsl:value-of select="@bytes"/></td>
                  <td class="num" title="{@sha256}"><xsl:if test="@sha256 != ''"><xsl:value-of select="substring(@sha256, 1, 12)"/>…</xsl:if></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
        </div>
      </xsl:when>
      <xsl:otherwise><p class="none">None.</p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
