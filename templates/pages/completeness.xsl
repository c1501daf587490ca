<?xml version="1.0" encoding="UTF-8"?>
<!-- The completeness page: one self-contained HTML file. Input: the XML that cli/completeness_page.cpp writes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

  <xsl:template match="/completeness">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"/>
        <link rel="icon" href="data:,"/>
        <title>Completeness of <xsl:value-of select="@study"/> as of <xsl:value-of select="@as_of"/></title>
        <style><xsl:value-of select="css"/></style>
      </head>
      <body>
        <header>
          <h1>Trial master file completeness: <xsl:value-of select="@study"/></h1>
          <p class="sub"><xsl:value-of select="@title"/></p>
          <p class="facts">
            as of <b><xsl:value-of select="@as_of"/></b><xsl:if test="@known_at != ''">, from what was known on <b><xsl:value-of select="@known_at"/></b></xsl:if> · audience <xsl:value-of select="@audience"/> · reference model <xsl:value-of select="@model"/> ·
            expected documents <xsl:value-of select="@edl"/>
            <xsl:if test="@filter != ''"> · only <xsl:value-of select="@filter"/></xsl:if>
          </p>
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
        <section>
          <h2>Where: due by <xsl:value-of select="@as_of"/>, satisfied of expected</h2>
          <p class="legend">
            <span class="c5">100 %</span><span class="c4">90 to 99</span><span class="c3">75 to 89</span><span class="c2">50 to 74</span>
            <span class="c1">below 50</span><span class="future">not due yet</span>
            Select a cell for its list.
          </p>
          <div class="scroll">
            <table class="heat">
              <thead>
                <tr>
                  <th class="corner">Place</th>
                  <xsl:for-each select="milestone"><th title="{@name}"><span class="code"><xsl:value-of select="@code"/></span><br/><span class="mname"><xsl:value-of select="@name"/></span></th></xsl:for-each>
                  <th><span class="code">All</span></th>
                </tr>
              </thead>
              <tbody>
                <xsl:for-each select="place">
                  <tr class="{@level}">
                    <th scope="row"><xsl:value-of select="@label"/></th>
                    <xsl:for-each select="cell"><xsl:call-template name="cell"/></xsl:for-each>
                  </tr>
                </xsl:for-each>
              </tbody>
            </table>
          </div>
        </section>
        <section>
          <h2>How many, by state</h2>
          <p class="states"><xsl:for-each select="state"><span class="s-{@name}"><b><xsl:value-of select="@count"/></b><xsl:text> </xsl:text><xsl:value-of select="@label"/></span></xsl:for-each></p>
        </section>
        <section>
          <h2>What is open</h2>
          <xsl:if test="not(list)"><p>Nothing that is due is open.</p></xsl:if>
          <xsl:for-each select="list">
            <details id="{@id}">
              <summary><xsl:value-of select="@label"/><span class="n"><xsl:value-of select="@count"/> open</span></summary>
              <table class="rows">
                <thead><tr><th>Artifact</th><th>Document</th><th>For</th><th>Due</th><th>Days late</th><th>State</th><th>Rule</th></tr></thead>
                <tbody>
                  <xsl:for-each select="row">
                    <tr>
                      <td class="num"><xsl:value-of select="@artifact"/></td>
                      <td><xsl:value-of select="@name"/><xsl:if test="@note != ''"><span class="rnote"><xsl:value-of select="@note"/></span></xsl:if></td>
                      <td><xsl:value-of select="@for"/></td>
                      <td class="num"><xsl:value-of select="@due"/></td>
                      <td class="num"><xsl:value-of select="@late"/></td>
                      <td><span class="tag s-{@state}"><xsl:value-of select="@state_label"/></span></td>
                      <td class="num" title="{@slot}"><xsl:value-of select="@rule"/><xsl:if test="@confidence != ''"><span class="rnote"><xsl:value-of select="@confidence"/></span></xsl:if></td>
                    </tr>
                  </xsl:for-each>
                </tbody>
              </table>
            </details>
          </xsl:for-each>
        </section>
        <xsl:if test="decision">
          <section>
            <h2>Waived or not applicable</h2>
            <table class="rows">
              <thead><tr><th>Slot</th><th>Decision</th><th>Reason</th></tr></thead>
              <tbody><xsl:for-each select="decision"><tr><td class="num"><xsl:value-of select="@slot"/></td><td><xsl:value-of select="@kind"/></td><td><xsl:value-of select="@reason"/></td></tr></xsl:for-each></tbody>
            </table>
          </section>
        </xsl:if>
        <footer>
          <p>A document counts when it is final, current, unexpired and not rejected. Percentages are rounded half up to one decimal; 1999 of 2000 shows as
          100.0, so the counts stand beside it. Every row names its rule; hover it for the slot. <xsl:value-of select="@tool"/></p>
        </footer>
        <script><xsl:call-template name="script"/></script>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="cell">
    <td class="{@class}">
      <xsl:choose>
        <xsl:when test="@href != ''"><a href="#{@href}" title="{@title}"><xsl:value-of select="@text"/></a></xsl:when>
        <xsl:otherwise><span title="{@title}"><xsl:value-of select="@text"/></span></xsl:otherwise>
      </xsl:choose>
    </td>
  </xsl:template>

  <xsl:template name="script">
function openTarget(){var id=decodeURIComponent(location.hash.slice(1));var e=id?document.getElementById(id):null;if(e){e.open=true;e.scrollIntoView();}}
window.addEventListener('hashchange',openTarget);openTarget();
document.addEventListener('click',function(event){var a=event.target.closest('.heat a');if(a){if(a.getAttribute('href')===location.hash){openTarget();}}});
window.addEventListener('beforeprint',function(){document.querySelectorAll('details').forEach(function(d){d.open=true;});});
  </xsl:template>
</xsl:stylesheet>
