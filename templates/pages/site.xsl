<?xml version="1.0" encoding="UTF-8"?>
<!-- The health of one site on one page of A4 or Letter paper: each list shows its first rows and says how many more there are and where. Every
     row is one line, so that the page cannot grow. Input: the XML of the report `site` (cli/report_rendering.cpp). No network, no scripts. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <!-- Together as high as Letter paper allows. -->
  <xsl:variable name="most-open" select="12"/>
  <xsl:variable name="most-milestones" select="9"/>
  <xsl:variable name="most-people" select="5"/>
  <xsl:variable name="most-others" select="4"/>

  <xsl:variable name="site" select="/report/table[@key = 'sites']/row[1]"/>
  <xsl:variable name="command">dossier tmf report <xsl:value-of select="/report/@study"/></xsl:variable>
  <!-- The day, the knowledge and the audience of the card: without them a command would answer for today. -->
  <xsl:variable name="option"> --site <xsl:value-of select="$site/cell[@key = 'site']"/> --as-of <xsl:value-of select="/report/@as_of"/><xsl:if test="/report/@known_at != ''"> --known-at <xsl:value-of select="/report/@known_at"/></xsl:if> --audience <xsl:value-of select="/report/@audience"/></xsl:variable>
  <xsl:variable name="within"> --within <xsl:value-of select="/report/setting[@name = 'within days']/@value"/></xsl:variable>

  <xsl:template match="/report">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
        <link rel="icon" href="data:,"/>
        <title><xsl:value-of select="@subject"/></title>
        <style><xsl:value-of select="css"/> @page { size: portrait; margin: 10mm }</style>
      </head>
      <body class="card">
        <header>
          <p class="status"><xsl:value-of select="$site/cell[@key = 'status']"/></p>
          <h1>Site <bdi><xsl:value-of select="$site/cell[@key = 'site']"/><xsl:text> </xsl:text><xsl:value-of select="$site/cell[@key = 'name']"/></bdi></h1>
          <p class="sub"><b><bdi><xsl:value-of select="@study"/></bdi></b><xsl:text> </xsl:text><bdi><xsl:value-of select="@study_title"/></bdi></p>
          <p class="who">
            <span>Country <b><xsl:value-of select="$site/cell[@key = 'country']"/></b></span>
            <span>Principal investigator <b><bdi><xsl:call-template name="or-none"><xsl:with-param name="text" select="$site/cell[@key = 'investigator']"/></xsl:call-template></bdi></b></span>
            <span>Last visit <b><bdi><xsl:call-template name="or-none"><xsl:with-param name="text" select="$site/cell[@key = 'last_visit']"/></xsl:call-template></bdi></b><xsl:if test="$site/cell[@key = 'last_visit_date'] != ''"> on <xsl:value-of select="$site/cell[@key = 'last_visit_date']"/></xsl:if></span>
            <span>Last document received <b><xsl:call-template name="or-none"><xsl:with-param name="text" select="$site/cell[@key = 'last_received']"/></xsl:call-template></b></span>
          </p>
          <p class="facts">
            as of <b><xsl:value-of select="@as_of"/></b><xsl:if test="@known_at != ''">, from what was known on <b><xsl:value-of select="@known_at"/></b></xsl:if> · audience <xsl:value-of select="@audience"/>
            · reference model <xsl:value-of select="@model"/> · expected documents <xsl:value-of select="@edl"/><xsl:for-each select="setting"> · <xsl:value-of select="@name"/><xsl:text> </xsl:text><xsl:value-of select="@value"/></xsl:for-each>
          </p>
        </header>
        <section class="totals">
          <xsl:call-template name="total"><xsl:with-param name="name">Due now</xsl:with-param><xsl:with-param name="key">due</xsl:with-param></xsl:call-template>
          <xsl:call-template name="total"><xsl:with-param name="name">Due by the next milestone</xsl:with-param><xsl:with-param name="key">next</xsl:with-param></xsl:call-template>
          <xsl:call-template name="total"><xsl:with-param name="name">Whole trial</xsl:with-param><xsl:with-param name="key">whole</xsl:with-param></xsl:call-template>
        </section>
        <dl class="tiles">
          <xsl:for-each select="figure[@key = 'missing' or @key = 'overdue' or @key = 'expired' or @key = 'in_review' or @key = 'expiring' or @key = 'queries' or @key = 'order_failed' or @key = 'rejected']">
            <div class="{@key}"><xsl:if test="@value = '0'"><xsl:attribute name="class">zero</xsl:attribute></xsl:if><dt><xsl:value-of select="@label"/></dt><dd><xsl:value-of select="@value"/></dd></div>
          </xsl:for-each>
          <div><dt>First-pass yield, <xsl:value-of select="$site/cell[@key = 'passed']"/> of <xsl:value-of select="$site/cell[@key = 'first_pass']"/></dt><dd><xsl:choose><xsl:when test="$site/cell[@key = 'first_pass_yield'] = ''">n/a</xsl:when><xsl:otherwise><xsl:value-of select="$site/cell[@key = 'first_pass_yield']"/> %</xsl:otherwise></xsl:choose></dd></div>
        </dl>
        <xsl:call-template name="open"/>
        <div class="pair">
          <xsl:call-template name="milestones"/>
          <xsl:call-template name="people"/>
        </div>
        <div class="pair">
          <xsl:call-template name="expiring"/>
          <xsl:call-template name="queries"/>
        </div>
        <xsl:call-template name="order"/>
        <footer><p>Made by <xsl:value-of select="@tool"/>. Satisfied: final,<xsl:if test="setting[@name = 'review']/@value = 'yes'"> accepted,</xsl:if> current, unexpired and not rejected. A basis "proposal" is ours, "published" the reference model's. Every row of this card: <code><xsl:value-of select="$command"/> site<xsl:value-of select="$option"/><xsl:value-of select="$within"/> --format xlsx</code></p></footer>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="total">
    <xsl:param name="name"/>
    <xsl:param name="key"/>
    <xsl:variable name="percent" select="$site/cell[@key = concat($key, '_percent')]"/>
    <div class="total">
      <div class="name"><xsl:value-of select="$name"/></div>
      <div class="percent"><xsl:choose><xsl:when test="$percent = '' or $percent = 'n/a'">n/a</xsl:when><xsl:otherwise><xsl:value-of select="$percent"/> %</xsl:otherwise></xsl:choose></div>
      <div class="count"><xsl:value-of select="$site/cell[@key = concat($key, '_satisfied')]"/> of <xsl:value-of select="$site/cell[@key = concat($key, '_expected')]"/> documents</div>
      <div class="bar"><span style="width:{number(concat('0', translate($percent, 'n/a', '')))}%"/></div>
    </div>
  </xsl:template>

  <xsl:template name="open">
    <xsl:variable name="rows" select="table[@key = 'open']/row"/>
    <section>
      <h2>Open, the longest due first <span class="n"><xsl:value-of select="count($rows)"/></span></h2>
      <xsl:choose>
        <xsl:when test="$rows">
          <table class="rows lines">
            <colgroup><col style="width:9%"/><col style="width:9%"/><col style="width:10%"/><col style="width:30%"/><col style="width:20%"/><col style="width:22%"/></colgroup>
            <thead><tr><th>State</th><th class="number">Days late</th><th>Due</th><th>Document</th><th>For</th><th>Rule, basis, confidence</th></tr></thead>
            <tbody>
              <xsl:for-each select="$rows[position() &lt;= $most-open]">
                <tr>
                  <td><span class="tag s-{cell[@key = 'state']}"><xsl:value-of select="translate(cell[@key = 'state'], '_', ' ')"/></span></td>
                  <td class="number"><xsl:value-of select="cell[@key = 'late_days']"/></td>
                  <td class="date"><xsl:value-of select="cell[@key = 'due']"/></td>
                  <td title="{cell[@key = 'name']}"><span class="num"><xsl:value-of select="cell[@key = 'artifact']"/></span><xsl:text> </xsl:text><bdi><xsl:value-of select="cell[@key = 'name']"/></bdi></td>
                  <td title="{cell[@key = 'person']} {cell[@key = 'event']}"><bdi><xsl:value-of select="cell[@key = 'person']"/></bdi><xsl:if test="cell[@key = 'person'] != '' and cell[@key = 'event'] != ''">, </xsl:if><bdi><xsl:value-of select="cell[@key = 'event']"/></bdi></td>
                  <td title="{cell[@key = 'slot']}"><xsl:value-of select="cell[@key = 'rule']"/><xsl:text> </xsl:text><span class="n"><xsl:value-of select="cell[@key = 'basis']"/>, <xsl:value-of select="cell[@key = 'confidence']"/></span></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="more"><xsl:with-param name="all" select="count($rows)"/><xsl:with-param name="most" select="$most-open"/><xsl:with-param name="kind">site</xsl:with-param></xsl:call-template>
        </xsl:when>
        <xsl:otherwise><p class="none">Nothing that is due is open.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template name="milestones">
    <xsl:variable name="rows" select="table[@key = 'milestones']/row"/>
    <section>
      <h2>By milestone</h2>
      <table class="rows lines">
        <colgroup><col style="width:48%"/><col style="width:20%"/><col style="width:20%"/><col style="width:12%"/></colgroup>
        <thead><tr><th>Milestone</th><th class="number">Due now</th><th class="number">Whole trial</th><th class="number">Open</th></tr></thead>
        <tbody>
          <xsl:for-each select="$rows[position() &lt;= $most-milestones]">
            <tr>
              <td title="{cell[@key = 'name']}"><b><xsl:value-of select="cell[@key = 'milestone']"/></b><xsl:text> </xsl:text><xsl:value-of select="cell[@key = 'name']"/></td>
              <td class="number"><xsl:value-of select="cell[@key = 'due_satisfied']"/> of <xsl:value-of select="cell[@key = 'due_expected']"/></td>
              <td class="number"><xsl:value-of select="cell[@key = 'whole_satisfied']"/> of <xsl:value-of select="cell[@key = 'whole_expected']"/></td>
              <td class="number"><xsl:value-of select="cell[@key = 'open']"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
      <xsl:call-template name="more"><xsl:with-param name="all" select="count($rows)"/><xsl:with-param name="most" select="$most-milestones"/><xsl:with-param name="kind">site</xsl:with-param></xsl:call-template>
    </section>
  </xsl:template>

  <xsl:template name="people">
    <xsl:variable name="rows" select="table[@key = 'people']/row"/>
    <xsl:variable name="visits" select="table[@key = 'visits']/row"/>
    <section>
      <h2>People <span class="n"><xsl:value-of select="count($rows)"/></span></h2>
      <xsl:choose>
        <xsl:when test="$rows">
          <table class="rows lines">
            <colgroup><col style="width:42%"/><col style="width:41%"/><col style="width:17%"/></colgroup>
            <thead><tr><th>Person</th><th>Role</th><th class="number">Due now</th></tr></thead>
            <tbody>
              <xsl:for-each select="$rows[position() &lt;= $most-people]">
                <tr>
                  <td title="{cell[@key = 'person']}, from {cell[@key = 'from']}"><bdi><xsl:value-of select="cell[@key = 'person']"/></bdi><xsl:if test="cell[@key = 'to'] != ''"><span class="n"> until <xsl:value-of select="cell[@key = 'to']"/></span></xsl:if></td>
                  <td><xsl:value-of select="cell[@key = 'role']"/></td>
                  <td class="number" title="{cell[@key = 'open']}"><xsl:value-of select="cell[@key = 'due_satisfied']"/> of <xsl:value-of select="cell[@key = 'due_expected']"/></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="more"><xsl:with-param name="all" select="count($rows)"/><xsl:with-param name="most" select="$most-people"/><xsl:with-param name="kind">site</xsl:with-param></xsl:call-template>
        </xsl:when>
        <xsl:otherwise><p class="none">Nobody had joined by that day.</p></xsl:otherwise>
      </xsl:choose>
      <h2>Last visits</h2>
      <xsl:choose>
        <xsl:when test="$visits">
          <table class="rows lines">
            <colgroup><col style="width:42%"/><col style="width:41%"/><col style="width:17%"/></colgroup>
            <tbody>
              <xsl:for-each select="$visits">
                <tr><td><bdi><xsl:value-of select="cell[@key = 'visit']"/></bdi><span class="n"><xsl:text> </xsl:text><xsl:value-of select="cell[@key = 'type']"/></span></td><td class="date"><xsl:value-of select="cell[@key = 'date']"/><span class="n">, <xsl:value-of select="cell[@key = 'days_ago']"/> days ago</span></td><td class="number"><xsl:value-of select="cell[@key = 'satisfied']"/> of <xsl:value-of select="cell[@key = 'expected']"/></td></tr>
              </xsl:for-each>
            </tbody>
          </table>
        </xsl:when>
        <xsl:otherwise><p class="none">None by that day.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template name="expiring">
    <xsl:variable name="rows" select="table[@key = 'expiring']/row"/>
    <section>
      <h2><xsl:value-of select="figure[@key = 'expiring']/@label"/><xsl:text> </xsl:text><span class="n"><xsl:value-of select="count($rows)"/></span></h2>
      <xsl:choose>
        <xsl:when test="$rows">
          <table class="rows lines">
            <colgroup><col style="width:19%"/><col style="width:12%"/><col style="width:51%"/><col style="width:18%"/></colgroup>
            <thead><tr><th>Last day</th><th class="number">Days left</th><th>Document</th><th>Replaced</th></tr></thead>
            <tbody>
              <xsl:for-each select="$rows[position() &lt;= $most-others]">
                <tr>
                  <td class="date"><xsl:value-of select="cell[@key = 'last_day']"/></td><td class="number"><xsl:value-of select="cell[@key = 'days_left']"/></td>
                  <td title="{cell[@key = 'title']} ({cell[@key = 'rule']} {cell[@key = 'basis']}, {cell[@key = 'confidence']})"><span class="num"><xsl:value-of select="cell[@key = 'artifact']"/></span><xsl:text> </xsl:text><bdi><xsl:value-of select="cell[@key = 'name']"/></bdi><xsl:text> </xsl:text><bdi class="n"><xsl:value-of select="cell[@key = 'person']"/></bdi></td>
                  <td><xsl:value-of select="translate(cell[@key = 'replaced'], '_', ' ')"/></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="more"><xsl:with-param name="all" select="count($rows)"/><xsl:with-param name="most" select="$most-others"/><xsl:with-param name="kind">expiring</xsl:with-param></xsl:call-template>
        </xsl:when>
        <xsl:otherwise><p class="none">Nothing.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template name="queries">
    <xsl:variable name="rows" select="table[@key = 'queries']/row"/>
    <section>
      <h2>Queries not closed <span class="n"><xsl:value-of select="count($rows)"/></span></h2>
      <xsl:choose>
        <xsl:when test="$rows">
          <table class="rows lines">
            <colgroup><col style="width:20%"/><col style="width:12%"/><col style="width:17%"/><col style="width:51%"/></colgroup>
            <thead><tr><th>Query</th><th class="number">Days</th><th>State</th><th>Question</th></tr></thead>
            <tbody>
              <xsl:for-each select="$rows[position() &lt;= $most-others]">
                <tr><td class="num"><xsl:value-of select="cell[@key = 'query']"/></td><td class="number"><xsl:value-of select="cell[@key = 'age_days']"/></td><td><xsl:value-of select="cell[@key = 'state']"/></td><td title="{cell[@key = 'document']}: {cell[@key = 'question']}"><bdi><xsl:value-of select="cell[@key = 'question']"/></bdi></td></tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="more"><xsl:with-param name="all" select="count($rows)"/><xsl:with-param name="most" select="$most-others"/><xsl:with-param name="kind">queries</xsl:with-param></xsl:call-template>
        </xsl:when>
        <xsl:otherwise><p class="none">None.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template name="order">
    <xsl:variable name="rows" select="table[@key = 'order']/row"/>
    <section>
      <h2>Rules of order failed <span class="n"><xsl:value-of select="count($rows)"/></span></h2>
      <xsl:choose>
        <xsl:when test="$rows">
          <table class="rows lines">
            <colgroup><col style="width:10%"/><col style="width:10%"/><col style="width:80%"/></colgroup>
            <thead><tr><th>Rule</th><th>Confidence</th><th>What was found</th></tr></thead>
            <tbody>
              <xsl:for-each select="$rows[position() &lt;= $most-others]">
                <tr><td class="num"><xsl:value-of select="cell[@key = 'rule']"/></td><td><xsl:value-of select="cell[@key = 'confidence']"/></td><td title="{cell[@key = 'text']}: {cell[@key = 'reason']}"><bdi><xsl:if test="cell[@key = 'person'] != ''"><xsl:value-of select="cell[@key = 'person']"/>: </xsl:if><xsl:value-of select="cell[@key = 'reason']"/></bdi></td></tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="more"><xsl:with-param name="all" select="count($rows)"/><xsl:with-param name="most" select="$most-others"/><xsl:with-param name="kind">ordering</xsl:with-param></xsl:call-template>
        </xsl:when>
        <xsl:otherwise><p class="none">None of those that could be judged.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template name="more">
    <xsl:param name="all"/>
    <xsl:param name="most"/>
    <xsl:param name="kind"/>
    <xsl:if test="$all &gt; $most"><p class="and-more"><b>and <xsl:value-of select="$all - $most"/> more</b>: <code><xsl:value-of select="$command"/><xsl:text> </xsl:text><xsl:value-of select="$kind"/><xsl:value-of select="$option"/><xsl:if test="$kind = 'site' or $kind = 'expiring'"><xsl:value-of select="$within"/></xsl:if></code></p></xsl:if>
  </xsl:template>

  <xsl:template name="or-none">
    <xsl:param name="text"/>
    <xsl:choose><xsl:when test="$text = ''">none</xsl:when><xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise></xsl:choose>
  </xsl:template>
</xsl:stylesheet>
