<?xml version="1.0" encoding="UTF-8"?>
<!-- The pages of a study's expected documents, completeness and dashboard: totals, trend and heat maps as they stand; study.js makes lists of
     the rows, which are put into the element "data" once the page is made. Input: the XML of cli/study_page.cpp. No network. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <!-- A browser lays out a table of that many rows at once; the others wait in a template element. -->
  <xsl:variable name="most-places" select="1000"/>

  <xsl:template match="/page">
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
          <h1>Trial master file<xsl:if test="@kind = 'completeness'"> completeness</xsl:if>: <bdi><xsl:value-of select="@study"/></bdi></h1>
          <p class="sub"><bdi><xsl:value-of select="@title"/></bdi></p>
          <p class="facts">
            as of <b><xsl:value-of select="@as_of"/></b><xsl:if test="@known_at != ''">, from what was known on <b><xsl:value-of select="@known_at"/></b></xsl:if>
            · audience <xsl:value-of select="@audience"/> · reference model <xsl:value-of select="@model"/> · expected documents <xsl:value-of select="@edl"/>
            <xsl:if test="@filter != ''"> · only <xsl:value-of select="@filter"/></xsl:if>
            · grace days <xsl:value-of select="@grace_days"/> · review <xsl:value-of select="@review"/>
          </p>
          <xsl:if test="rule-left-out"><p class="warn"><b>Not counted</b>, because the study's model has no artifact for them: the rules <xsl:for-each select="rule-left-out"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@id"/></xsl:for-each>.</p></xsl:if>
        </header>
        <section class="totals">
          <xsl:for-each select="total">
            <div class="total {@class}">
              <div class="name"><xsl:value-of select="@name"/></div>
              <div class="percent"><xsl:value-of select="@percent"/></div>
              <div class="count"><xsl:value-of select="@satisfied"/> of <xsl:value-of select="@expected"/> documents</div>
              <div class="bar"><span style="width:{@width}%"/></div>
              <div class="note"><xsl:value-of select="@note"/></div>
            </div>
          </xsl:for-each>
        </section>
        <div class="glance">
        <section>
          <h2>How many, by state</h2>
          <p class="states"><xsl:for-each select="state"><span class="s-{@name}"><b><xsl:value-of select="@count"/></b><xsl:text> </xsl:text><xsl:value-of select="@label"/></span></xsl:for-each></p>
        </section>
        <xsl:apply-templates select="trend"/>
        </div>
        <xsl:if test="@kind = 'dashboard'">
          <div class="tabs" role="tablist">
            <button type="button" role="tab" id="tab-places" aria-controls="places" aria-selected="true">Sites and milestones</button>
            <button type="button" role="tab" id="tab-zones" aria-controls="zones" aria-selected="false" tabindex="-1">Zones and countries</button>
          </div>
        </xsl:if>
        <p class="legend">
          <span class="c5">100 %</span><span class="c4">90 to 99</span><span class="c3">75 to 89</span><span class="c2">50 to 74</span><span class="c1">below 50</span><span class="future">(not due yet)</span>
          Satisfied of expected, of what is due. <span class="screen">Choose a cell for its list; arrow keys move.</span>
        </p>
        <section id="places">
          <xsl:if test="@kind = 'dashboard'"><xsl:attribute name="role">tabpanel</xsl:attribute><xsl:attribute name="aria-labelledby">tab-places</xsl:attribute></xsl:if>
          <h2 class="on-paper">Sites and milestones</h2>
          <xsl:if test="not(place)"><p class="none">Nothing is expected here by the study's facts.</p></xsl:if>
          <p class="filters screen" hidden="hidden"><label>Show only places with <input type="search" id="place-filter" placeholder="site, name or country"/></label></p>
          <div class="scroll heat-window">
            <table class="heat">
              <thead>
                <tr>
                  <th class="corner">Place</th>
                  <xsl:for-each select="milestone"><th scope="col"><span class="code"><xsl:value-of select="@code"/></span><br/><span class="mname"><xsl:value-of select="@name"/></span></th></xsl:for-each>
                  <th scope="col"><span class="code">All</span></th>
                </tr>
              </thead>
              <tbody>
                <xsl:apply-templates select="place[position() &lt;= $most-places]"/>
              </tbody>
            </table>
          </div>
          <xsl:if test="count(place) &gt; $most-places">
            <template id="more-places"><table><tbody><xsl:apply-templates select="place[position() &gt; $most-places]"/></tbody></table></template>
            <noscript><p class="warn">Without scripts only the first <xsl:value-of select="$most-places"/> of <xsl:value-of select="count(place)"/> places are drawn.</p></noscript>
            <p class="warn" id="places-left" hidden="hidden"><span id="places-drawn"/><xsl:text> </xsl:text><button type="button" id="all-places">Draw them all</button></p>
          </xsl:if>
        </section>
        <xsl:if test="@kind = 'dashboard'">
          <section id="zones" role="tabpanel" aria-labelledby="tab-zones">
            <h2 class="on-paper">Zones and countries</h2>
            <div class="scroll heat-window">
              <table class="heat">
                <thead><tr><th class="corner">Zone</th><xsl:for-each select="column"><th scope="col" title="{@title}"><span class="code"><xsl:value-of select="@name"/></span></th></xsl:for-each></tr></thead>
                <tbody>
                  <xsl:for-each select="zone">
                    <tr class="zone"><th scope="row"><a class="row" href="#{@href}" tabindex="-1"><xsl:value-of select="@label"/></a></th><xsl:apply-templates select="cell"/></tr>
                  </xsl:for-each>
                </tbody>
              </table>
            </div>
          </section>
        </xsl:if>
        <section id="list">
          <h2 tabindex="-1"><span id="list-title">What is open</span><xsl:text> </xsl:text><span class="n" id="list-count"/></h2>
          <noscript><p class="warn">The lists need scripts, which this browser does not run; the same rows are in the forms text, JSON, CSV and XLSX of 'dossier tmf completeness'.</p></noscript>
          <xsl:for-each select="left-out">
            <p class="warn" id="left-out"><b>This page holds <xsl:value-of select="@rows"/> of <xsl:value-of select="@of"/> rows</b>: what is open comes first, the oldest before the others.
            Not in it: <xsl:value-of select="@states"/>. The totals and the heat maps count every row. All rows: <code id="left-out-command"/></p>
          </xsl:for-each>
          <form class="filters" id="filters" hidden="hidden">
            <input type="search" id="search" placeholder="Search artifact, document, place, person, rule" aria-label="Search"/>
            <select id="milestone" aria-label="Milestone"><option value="">every milestone</option><xsl:for-each select="milestone"><option value="{@code}"><xsl:value-of select="@code"/><xsl:text> </xsl:text><xsl:value-of select="@name"/></option></xsl:for-each></select>
            <select id="zone" aria-label="Zone"><option value="">every zone</option><xsl:for-each select="zone"><option value="{substring(@href, 3)}"><xsl:value-of select="@label"/></option></xsl:for-each></select>
            <span id="state-boxes"/>
            <button type="button" id="reset">Show everything open</button>
          </form>
          <div class="scroll">
            <table class="rows" id="rows" hidden="hidden">
              <thead>
                <tr>
                  <th scope="col" data-key="artifact">Artifact</th><th scope="col" data-key="name">Document</th><th scope="col" data-key="place">Place</th>
                  <th scope="col" data-key="for">For</th><th scope="col" data-key="milestone">Milestone</th><th scope="col" data-key="due">Due</th>
                  <th scope="col" data-key="late" class="number">Days late</th><th scope="col" data-key="state">State</th><th scope="col" data-key="documents">Documents</th><th scope="col" data-key="rule">Rule</th>
                </tr>
              </thead>
              <tbody/>
            </table>
          </div>
          <p class="warn" id="not-printed" hidden="hidden"/>
          <p class="more" id="more" hidden="hidden"><button type="button" id="more-rows">Show more</button><xsl:text> </xsl:text><button type="button" id="all-rows">Show all</button></p>
        </section>
        <section id="not-applicable" hidden="hidden"><h2>Not applicable, by decision</h2><table class="rows"><thead><tr><th>Slot</th><th>Reason</th><th>By</th><th>From</th></tr></thead><tbody/></table></section>
        <footer>
          <p>A document counts when it is final, current, unexpired and not rejected. Percentages are rounded half up to one decimal; the counts stand beside them. Every row names its rule and slot.
          Made by <xsl:value-of select="@tool"/>.</p>
        </footer>
        <script type="application/json" id="data"/>
        <script><xsl:value-of select="script"/></script>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="place">
    <tr class="{@level}"><th scope="row" title="{@label}"><bdi><xsl:value-of select="@label"/></bdi></th><xsl:apply-templates select="cell"/></tr>
  </xsl:template>

  <xsl:template match="trend">
    <section>
      <h2>Due and there, month by month</h2>
      <xsl:variable name="w" select="@width"/>
      <xsl:variable name="h" select="@height"/>
      <svg class="trend" viewBox="-40 -12 {$w + 100} {$h + 36}" role="img" aria-label="Share of due documents that were there, at each month's end">
        <line class="grid" x1="0" y1="0" x2="{$w}" y2="0"/><line class="grid" x1="0" y1="{$h div 2}" x2="{$w}" y2="{$h div 2}"/><line class="grid" x1="0" y1="{$h}" x2="{$w}" y2="{$h}"/>
        <text x="-6" y="4" text-anchor="end">100 %</text><text x="-6" y="{$h div 2 + 4}" text-anchor="end">50</text><text x="-6" y="{$h + 4}" text-anchor="end">0</text>
        <text x="0" y="{$h + 18}"><xsl:value-of select="@from"/></text><text x="{$w}" y="{$h + 18}" text-anchor="end"><xsl:value-of select="@to"/></text>
        <polyline class="line" points="{@line}"/>
        <xsl:for-each select="point"><circle cx="{@x}" cy="{@y}" r="3.5"><title><xsl:value-of select="@date"/>: <xsl:value-of select="@total"/>, <xsl:value-of select="@late"/> late</title></circle></xsl:for-each>
      </svg>
      <details>
        <summary>The numbers</summary>
        <xsl:call-template name="numbers"><xsl:with-param name="points" select="point"/></xsl:call-template>
      </details>
      <!-- On paper nothing can be unfolded: the same numbers, side by side on the sheet of the line. -->
      <xsl:variable name="third" select="ceiling(count(point) div 3)"/>
      <div class="numbers">
        <xsl:call-template name="numbers"><xsl:with-param name="points" select="point[position() &lt;= $third]"/></xsl:call-template>
        <xsl:call-template name="numbers"><xsl:with-param name="points" select="point[position() &gt; $third and position() &lt;= 2 * $third]"/></xsl:call-template>
        <xsl:call-template name="numbers"><xsl:with-param name="points" select="point[position() &gt; 2 * $third]"/></xsl:call-template>
      </div>
    </section>
  </xsl:template>

  <xsl:template name="numbers">
    <xsl:param name="points"/>
    <xsl:if test="$points">
      <table class="rows">
        <thead><tr><th>Day</th><th>Due and there</th><th class="number">Missing, overdue or expired</th></tr></thead>
        <tbody><xsl:for-each select="$points"><tr><td class="num"><xsl:value-of select="@date"/></td><td class="num"><xsl:value-of select="@total"/></td><td class="number"><xsl:value-of select="@late"/></td></tr></xsl:for-each></tbody>
      </table>
    </xsl:if>
  </xsl:template>

  <xsl:template match="cell">
    <td class="{@class}">
      <xsl:choose>
        <xsl:when test="@href != ''"><a href="#{@href}" title="{@title}" tabindex="-1"><xsl:value-of select="@text"/></a></xsl:when>
        <xsl:otherwise><span title="{@title}"><xsl:value-of select="@text"/></span></xsl:otherwise>
      </xsl:choose>
    </td>
  </xsl:template>
</xsl:stylesheet>
