<?xml version="1.0" encoding="UTF-8"?>
<!-- An eCTD application for looking at it: head and counts as they stand, everything else made from the data by view_tree.js and view.js. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:template match="/view">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <xsl:variable name="files"><xsl:if test="@with_files = 'yes'"> 'self' file:</xsl:if></xsl:variable>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'{$files}; img-src data:; base-uri 'none'; form-action 'none'"/>
        <meta name="referrer" content="no-referrer"/>
        <link rel="icon" href="data:,"/>
        <title><xsl:value-of select="@title"/>, sequences <xsl:value-of select="@first"/> to <xsl:value-of select="@last"/></title>
        <style><xsl:value-of select="css"/></style>
      </head>
      <body class="view">
        <header>
          <h1><bdi><xsl:value-of select="@title"/></bdi></h1>
          <p class="facts">
            <xsl:if test="@applicant != ''"><bdi><xsl:value-of select="@applicant"/></bdi> · </xsl:if>
            region <xsl:value-of select="@region"/> ·
            <xsl:choose>
              <xsl:when test="@first = @last">sequence <xsl:value-of select="@first"/></xsl:when>
              <xsl:otherwise>sequences <xsl:value-of select="@first"/> to <xsl:value-of select="@last"/></xsl:otherwise>
            </xsl:choose>
          </p>
        </header>
        <dl class="figures">
          <xsl:for-each select="count"><div><dt><xsl:value-of select="@name"/></dt><dd><xsl:value-of select="@number"/></dd><dd class="from"><xsl:value-of select="@note"/></dd></div></xsl:for-each>
        </dl>
        <noscript><p class="note">The views need scripts. The same rows are in the forms JSON, CSV and XLSX of dossier ectd view.</p></noscript>
        <nav class="tabs" role="tablist" aria-label="Views">
          <button type="button" role="tab" id="tab-current" data-view="current" aria-controls="shown">Current</button>
          <button type="button" role="tab" id="tab-all" data-view="all" aria-controls="shown">All ever sent</button>
          <button type="button" role="tab" id="tab-sequences" data-view="sequences" aria-controls="shown">Sequences</button>
          <button type="button" role="tab" id="tab-studies" data-view="studies" aria-controls="shown">Studies</button>
          <button type="button" role="tab" id="tab-activities" data-view="activities" aria-controls="shown">Activities</button>
          <button type="button" role="tab" id="tab-findings" data-view="findings" aria-controls="shown">Findings</button>
        </nav>
        <form class="filters" id="filters" hidden="hidden">
          <input type="search" id="search" placeholder="Search title, path, section, ID  ( / )" aria-label="Search"/>
          <label id="after-label">after sequence <select id="after"/></label>
          <span class="buttons"><button type="button" id="open-all">Open all</button> <button type="button" id="close-all">Close all</button></span>
          <span class="n" id="found" role="status"/>
        </form>
        <main id="shown" role="tabpanel">
          <aside id="picks" hidden="hidden"/>
          <section id="content">
            <div id="about"/>
            <div id="tree"/>
          </section>
        </main>
        <footer><p>Read from the backbones alone; what is missing is named, nothing is guessed. Links open the files where they lie, seen from this page. Made by <xsl:value-of select="@tool"/>.</p></footer>
        <script type="application/json" id="data"><xsl:value-of select="data"/></script>
        <script><xsl:value-of select="script"/></script>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
