// The data of an application and how leaves are drawn: rows, chains, the tree of headings. view.js says which leaves.
'use strict';
var tree = (function () {
  var byId = function (id) { return document.getElementById(id); };
  var D = JSON.parse(byId('data').textContent);
  var L = { node: [], sequence: [], operation: [], title: [], path: [], id: [], file: [], target: [], checksum: [], origin: [], kind: [] };
  var ended = [], followers = [], findingsOf = {}, studyOf = {}, below = [], words = [];
  var many = 200;

  // ---- text: nothing in it turns, hides or breaks what stands beside it ----
  var hidden = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
  function shown(text) {
    return String(text).replace(hidden, function (c) { return '[U+' + ('000' + c.charCodeAt(0).toString(16).toUpperCase()).slice(-4) + ']'; });
  }
  function make(tag, css, text) {
    var element = document.createElement(tag);
    if (css) { element.className = css; }
    if (text !== undefined && text !== '') {
      var isolated = document.createElement('bdi');
      isolated.textContent = shown(text);
      element.appendChild(isolated);
    }
    return element;
  }
  function add(parent, tag, css, text) { return parent.appendChild(make(tag, css, text)); }
  function link(parent, path, text, css) {
    var a = add(parent, 'a', css, text);
    a.href = D.base + path.split('/').map(encodeURIComponent).join('/');
    a.target = '_blank';
    a.rel = 'noopener noreferrer';
    return a;
  }
  function plural(count, one, other) { return count + ' ' + (count === 1 ? one : other || one + 's'); }

  // ---- leaves ----
  function take(columns) {
    Object.keys(L).forEach(function (name) {
      for (var i = 0; i < columns[name].length; i += 1) { L[name].push(columns[name][i]); }
    });
  }
  function prepare() {
    var i;
    for (i = 0; i < L.node.length; i += 1) {
      var t = L.target[i];
      if (t < 0) { continue; }
      (followers[t] = followers[t] || []).push(i);
      if (L.operation[i] === 'replace' || L.operation[i] === 'delete') { ended[t] = i; }
    }
    D.nodes.forEach(function () { below.push([]); });
    D.nodes.forEach(function (node, n) { if (node[0] >= 0) { below[node[0]].push(n); } });
    D.studies.forEach(function (study) {
      if (study.tagged) { study.leaves.forEach(function (entry) { studyOf[entry[0]] = study.id + (entry[1] ? ': ' + entry[1] : ''); }); }
    });
    D.findings.forEach(function (finding) { if (finding[0] >= 0) { (findingsOf[finding[0]] = findingsOf[finding[0]] || []).push(finding); } });
  }
  // current | appended to | replaced | deleted | ends its target; as of a sequence (its place in the list).
  function stateOf(i, after) {
    if (L.operation[i] === 'delete') { return 'ends its target'; }
    if (ended[i] !== undefined && L.sequence[ended[i]] <= after) { return L.operation[ended[i]] === 'delete' ? 'deleted' : 'replaced'; }
    var grown = (followers[i] || []).some(function (f) { return L.operation[f] === 'append' && L.sequence[f] <= after; });
    return grown ? 'appended to' : 'current';
  }
  function isCurrent(i, after) {
    return L.sequence[i] <= after && L.operation[i] !== 'delete' && !(ended[i] !== undefined && L.sequence[ended[i]] <= after);
  }
  function rootOf(i) {
    var at = i;
    for (var steps = 0; L.target[at] >= 0 && steps <= L.node.length; steps += 1) { at = L.target[at]; }
    return at;
  }
  function chainOf(i) {
    var chain = [], seen = {}, open = [rootOf(i)];
    while (open.length) {
      var at = open.pop();
      if (seen[at]) { continue; }
      seen[at] = true;
      chain.push(at);
      (followers[at] || []).forEach(function (f) { open.push(f); });
    }
    return chain.sort(function (a, b) { return a - b; });
  }
  function isMissing(i) { return (findingsOf[i] || []).some(function (f) { return f[2] === 'missing-file'; }); }
  function headingOf(n) {
    for (var at = n; at >= 0; at = D.nodes[at][0]) { if (D.nodes[at][1]) { return D.nodes[at][1]; } }
    return '';
  }
  function wordsOf(i) {
    if (!words[i]) {
      var text = [L.title[i], L.path[i], L.id[i], D.sequences[L.sequence[i]].number + '#' + L.id[i], L.operation[i], studyOf[i] || '', L.origin[i]];
      for (var n = L.node[i]; n >= 0; n = D.nodes[n][0]) { text.push(D.nodes[n][1], D.nodes[n][2], D.nodes[n][3]); }
      words[i] = text.join(' ').toLowerCase();
    }
    return words[i];
  }

  // ---- one leaf ----
  function document_(parent, i, css) {
    if (L.path[i] && L.operation[i] !== 'delete' && !isMissing(i)) { return link(parent, L.path[i], L.title[i] || L.path[i], css); }
    return add(parent, 'span', css + ' nolink', L.title[i] || L.path[i] || '(no title)');
  }
  function badge(parent, text) { add(parent, 'span', 'tag v-' + text.replace(/[^a-z]+/g, '-'), text); }

  function drawChain(parent, i) {
    var list = add(parent, 'ol', 'chain');
    chainOf(i).forEach(function (c) {
      var item = add(list, 'li', c === i ? 'this' : '');
      add(item, 'span', 'num', D.sequences[L.sequence[c]].number);
      badge(item, L.operation[c] || 'no operation');
      document_(item, c, 'title');
      var now = stateOf(c, D.sequences.length - 1);
      add(item, 'span', 'soft', ended[c] !== undefined ? now + ' in ' + D.sequences[L.sequence[ended[c]]].number : now);
      add(item, 'code', 'soft', [L.path[c], '#' + L.id[c], L.checksum[c] ? 'MD5 ' + L.checksum[c] : ''].filter(Boolean).join('   '));
      if (L.origin[c]) { add(item, 'span', 'soft', 'from the trial master file of ' + L.origin[c]); }
      (findingsOf[c] || []).forEach(function (f) { add(item, 'span', 'problem', f[3]); });
    });
  }
  function drawLeaf(parent, i, how) {
    var item = add(parent, 'li', 'leaf'), line = add(item, 'div', 'line'), long = followers[i] || L.target[i] >= 0;
    document_(line, i, 'title row').tabIndex = 0;
    if (how.operation) { badge(line, L.operation[i] || 'no operation'); }
    if (how.state) { badge(line, stateOf(i, how.after)); }
    add(line, 'span', 'num soft', D.sequences[L.sequence[i]].number);
    if (how.note && how.note(i)) { add(line, 'span', 'tag', how.note(i)); }
    var button = add(line, 'button', 'history', long ? plural(chainOf(i).length, 'operation') : 'details');
    if (!how.note && studyOf[i]) { add(line, 'span', 'study', studyOf[i]); }
    button.type = 'button';
    button.setAttribute('aria-expanded', 'false');
    button.addEventListener('click', function () {
      var open = button.getAttribute('aria-expanded') === 'true';
      button.setAttribute('aria-expanded', String(!open));
      if (open) { item.removeChild(item.querySelector('.chain')); } else { drawChain(item, i); }
    });
    add(item, 'div', 'path', L.path[i]);
    if (L.operation[i] !== 'new' && L.operation[i] !== '' && L.target[i] < 0 && !findingsOf[i]) { add(item, 'div', 'problem', 'its target is not known'); }
    (findingsOf[i] || []).forEach(function (f) { add(item, 'div', 'problem', f[3]); });
  }
  // A chain's leaves stay together: what was appended stands under its base.
  function inOrder(list) {
    var keys = {};
    list.forEach(function (i) { keys[i] = rootOf(i); });
    return list.slice().sort(function (a, b) { return keys[a] - keys[b] || a - b; });
  }
  function drawLeaves(parent, list, how) {
    var at = 0, sorted = inOrder(list), more = null;
    function step(end) {
      for (; at < Math.min(end, sorted.length); at += 1) { drawLeaf(parent, sorted[at], how); }
      if (more) { parent.removeChild(more); more = null; }
      if (at < sorted.length) {
        more = add(parent, 'li', 'more');
        var button = add(more, 'button', '', 'Show the other ' + (sorted.length - at));
        button.type = 'button';
        button.addEventListener('click', function () { step(Infinity); });
      }
    }
    step(how.whole ? Infinity : many);
  }

  // ---- the tree of headings over some leaves ----
  function draw(parent, list, how) {
    parent.textContent = '';
    var here = {}, total = {}, wrong = {};
    list.forEach(function (i) {
      (here[L.node[i]] = here[L.node[i]] || []).push(i);
      for (var n = L.node[i]; n >= 0; n = D.nodes[n][0]) {
        total[n] = (total[n] || 0) + 1;
        if (findingsOf[i]) { wrong[n] = (wrong[n] || 0) + findingsOf[i].length; }
      }
    });
    function fill(body, n) {
      if (here[n]) { drawLeaves(body, here[n], how); }
      below[n].forEach(function (child) { if (total[child]) { drawNode(body, child); } });
    }
    function drawNode(into, n) {
      var node = D.nodes[n], item = add(into, 'li', 'node'), head = add(item, 'button', 'head row'), body = null;
      head.type = 'button';
      if (node[1]) { add(head, 'span', 'code', node[1]); }
      if (node[2]) { add(head, 'span', 'name', node[2]); }
      if (node[3]) { add(head, 'span', 'detail', node[3]); }
      add(head, 'span', 'n', String(total[n]));
      if (wrong[n]) { add(head, 'span', 'tag error', plural(wrong[n], 'finding')); }
      head.show = function (open) {
        head.setAttribute('aria-expanded', String(open));
        if (open && !body) { body = add(item, 'ul', ''); fill(body, n); }
        if (body) { body.hidden = !open; }
      };
      head.addEventListener('click', function () { head.show(head.getAttribute('aria-expanded') !== 'true'); });
      head.show(how.open === true || (how.open !== false && (list.length <= 300 || node[0] < 0)));
    }
    var top = add(parent, 'ul', 'tree');
    D.nodes.forEach(function (node, n) { if (node[0] < 0 && total[n]) { drawNode(top, n); } });
    if (!list.length) { add(parent, 'p', 'none', how.empty || 'Nothing here.'); }
  }

  // Arrow keys: up and down from row to row, right and left open and close, left from a leaf goes to its heading.
  function onKey(event) {
    var rows = Array.prototype.slice.call(byId('content').querySelectorAll('.row')).filter(function (row) { return row.offsetParent !== null; });
    var at = rows.indexOf(document.activeElement), head = at >= 0 && rows[at].classList.contains('head') ? rows[at] : null;
    var open = head && head.getAttribute('aria-expanded') === 'true';
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === 'ArrowDown') { at += 1; } else if (event.key === 'ArrowUp') { at -= 1; } else if (event.key === 'Home') { at = 0; } else if (event.key === 'End') { at = rows.length - 1; } else if (event.key === 'ArrowRight' && head) {
      if (open) { at += 1; } else { head.show(true); }
    } else if (event.key === 'ArrowLeft') {
      if (open) { head.show(false); } else {
        var up = (head ? head.parentNode.parentNode : rows[at]).closest('.node');
        if (up) { at = rows.indexOf(up.querySelector('.head')); }
      }
    } else { return; }
    event.preventDefault();
    if (rows[at]) { rows[at].focus(); }
  }

  return { data: D, leaves: L, make: make, add: add, link: link, plural: plural, take: take, prepare: prepare, isCurrent: isCurrent, stateOf: stateOf, chainOf: chainOf, wordsOf: wordsOf, headingOf: headingOf,
    drawLeaves: drawLeaves, drawLeaf: drawLeaf, draw: draw, onKey: onKey, byId: byId };
}());
