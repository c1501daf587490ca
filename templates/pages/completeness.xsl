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
        <style><xsl:call-template name="style"/></style>
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

  <xsl:template name="style">
:root{--ink:#1c2530;--soft:#5b6774;--line:#d9dee4}
*{box-sizing:border-box}
body{font:15px/1.45 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:var(--ink);margin:0 auto;max-width:1280px;padding:24px 28px;background:#fff}
h1{font-size:24px;margin:0}h2{font-size:17px;margin:30px 0 8px}
.sub{margin:2px 0;font-size:16px}.facts,.legend,footer{color:var(--soft);font-size:13px}
.totals{display:flex;gap:16px;flex-wrap:wrap;margin-top:18px}
.total{flex:1 1 240px;border:1px solid var(--line);border-radius:8px;padding:12px 16px}
.total .name{font-weight:600}.total .percent{font-size:34px;font-weight:700;line-height:1.15}.total .count{color:var(--soft)}
.total .note{font-size:12px;color:var(--soft);min-height:1.2em}
.bar{height:8px;background:#e9edf1;border-radius:4px;margin:8px 0 4px;overflow:hidden}.bar span{display:block;height:100%;background:#2f7d4f}
.scroll{overflow-x:auto}
table{border-collapse:collapse}
.heat th,.heat td{border:2px solid #fff;text-align:center;font-size:13px}
.heat td{padding:0;min-width:62px;height:34px}
.heat td a,.heat td span{display:block;padding:7px 4px;color:inherit;text-decoration:none}
.heat td a:hover,.heat td a:focus{outline:2px solid #1c2530;outline-offset:-2px}
.heat thead th{vertical-align:bottom;font-weight:400;padding:2px 4px;max-width:92px}
.heat .code{font-weight:700}.heat .mname{font-size:11px;color:var(--soft)}
.heat tbody th{text-align:left;font-weight:400;padding:4px 12px 4px 22px;white-space:nowrap}
.heat tr.trial th,.heat tr.country th{font-weight:700;padding-left:4px}
.c5{background:#1f7a4a;color:#fff}.c4{background:#8ccf9f;color:#10331f}.c3{background:#f5e08a;color:#3d3200}.c2{background:#f3ad6a;color:#3f2200}
.c1{background:#c8452f;color:#fff}.future{background:#e6eaee;color:#4d5966}.none{background:#f7f8fa;color:#b4bcc5}
.legend span{display:inline-block;padding:2px 10px;margin-right:6px;border-radius:4px}
.states span{display:inline-block;border:1px solid var(--line);border-left-width:6px;border-radius:4px;padding:4px 12px;margin:0 8px 8px 0}
.states .s-satisfied{border-left-color:#1f7a4a}.states .s-in_review{border-left-color:#3b74c4}.states .s-missing{border-left-color:#f3ad6a}
.states .s-overdue,.states .s-expired{border-left-color:#c8452f}.states .s-waived,.states .s-not_due{border-left-color:#b4bcc5}
details{border:1px solid var(--line);border-radius:6px;margin:6px 0}details[open]{border-color:#9aa6b2}
summary{cursor:pointer;padding:7px 12px;font-weight:600}summary .n{float:right;font-weight:400;color:var(--soft)}
.rows{width:100%;font-size:13px}.rows th{text-align:left;color:var(--soft);font-weight:600}
.rows th,.rows td{padding:4px 12px;border-top:1px solid var(--line);vertical-align:top}
.num{font-variant-numeric:tabular-nums;white-space:nowrap}.rnote{display:block;color:var(--soft);font-size:11px;white-space:normal}
.tag{padding:1px 8px;border-radius:10px;font-size:12px;white-space:nowrap}
.tag.s-missing{background:#fbe3cc}.tag.s-overdue,.tag.s-expired{background:#f6cfc8}.tag.s-in_review{background:#d6e4f7}
footer{margin-top:34px;border-top:1px solid var(--line)}
@media print{body{padding:0;max-width:none;font-size:11px}.total .percent{font-size:22px}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.scroll{overflow:visible}.heat td{min-width:0;height:auto}.heat td a,.heat td span{padding:3px}tr,.total{break-inside:avoid}summary{break-after:avoid}thead{display:table-header-group}}
  </xsl:template>

  <xsl:template name="script">
function openTarget(){var id=decodeURIComponent(location.hash.slice(1));var e=id?document.getElementById(id):null;if(e){e.open=true;e.scrollIntoView();}}
window.addEventListener('hashchange',openTarget);openTarget();
document.addEventListener('click',function(event){var a=event.target.closest('.heat a');if(a){if(a.getAttribute('href')===location.hash){openTarget();}}});
window.addEventListener('beforeprint',function(){document.querySelectorAll('details').forEach(function(d){d.open=true;});});
  </xsl:template>
</xsl:stylesheet>
