// The views of an application: current, all ever sent, by sequence, by study, by regulatory activity, findings. The hash holds what is asked,
// so that Back works and a link can be kept.
'use strict';
(function () {
  var D = tree.data, L = tree.leaves, add = tree.add, byId = tree.byId;
  var question = { view: 'current', after: D.sequences.length - 1, item: 0, text: '' };
  var open; // of the tree: true, false, or as many as fit
  var every = [];

  // ---- the question in the hash ----
  function readHash() {
    var hash = {};
    location.hash.slice(1).split('&').forEach(function (part) {
      var at = part.indexOf('=');
      try { if (at > 0) { hash[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } } catch (error) { /* a broken link asks for nothing */ }
    });
    var known = Array.prototype.map.call(document.querySelectorAll('[role=tab]'), function (tab) { return tab.dataset.view; });
    question.view = known.indexOf(hash.view) >= 0 ? hash.view : 'current';
    var after = D.sequences.findIndex(function (s) { return s.number === hash.after; });
    question.after = after >= 0 ? after : D.sequences.length - 1;
    question.item = /^\d+$/.test(hash.item || '') ? Number(hash.item) : 0;
    question.text = hash.find || '';
  }
  function toHash(changes) {
    var q = Object.assign({}, question, changes), parts = ['view=' + q.view];
    if (q.after !== D.sequences.length - 1) { parts.push('after=' + D.sequences[q.after].number); }
    if (q.item) { parts.push('item=' + q.item); }
    if (q.text) { parts.push('find=' + encodeURIComponent(q.text)); }
    return '#' + parts.join('&');
  }
  function ask(changes, quietly) {
    var hash = toHash(changes);
    if (quietly) { history.replaceState(null, '', hash); follow(); } else if (hash !== location.hash) { location.hash = hash; } else { follow(); }
  }

  // ---- searching ----
  function found(list) {
    var parts = question.text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!parts.length) { return list; }
    return list.filter(function (i) {
      var words = tree.wordsOf(i);
      return parts.every(function (part) { return words.indexOf(part) >= 0; });
    });
  }
  function say(count, all) {
    byId('found').textContent = question.text ? tree.plural(count, 'leaf', 'leaves') + ' of ' + all : tree.plural(count, 'leaf', 'leaves');
  }
  function drawTree(list, how) {
    var some = found(list);
    say(some.length, list.length);
    how.open = open;
    how.empty = question.text ? 'Nothing here holds "' + question.text + '".' : how.empty;
    tree.draw(byId('tree'), some, how);
  }

  // ---- what stands beside and above the tree ----
  function picks(items) {
    var list = add(byId('picks'), 'ul', '');
    items.forEach(function (item, n) {
      var button = add(add(list, 'li', ''), 'button', n === question.item ? 'chosen' : '');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(n === question.item));
      add(button, 'span', 'what', item[0]);
      if (item[1]) { add(button, 'span', 'soft', item[1]); }
      add(button, 'span', 'n', item[2]);
      button.addEventListener('click', function () { ask({ item: n }); });
    });
  }
  function fact(list, name, text) {
    if (!text) { return null; }
    add(list, 'dt', '', name);
    return add(list, 'dd', '', text);
  }
  function aboutSequence(into, s) {
    add(into, 'h2', '', 'Sequence ' + s.number + (s.type ? ': ' + s.type : ''));
    var list = add(into, 'dl', 'about');
    fact(list, 'Description', s.text);
    fact(list, 'Sent', s.sent);
    s.acknowledgements.forEach(function (a) {
      var place = fact(list, 'Acknowledgement', ' ');
      tree.link(place, a[1], a[0]);
      add(place, 'code', 'soft', ' SHA-256 ' + a[2]);
    });
    var parts = s.envelope.filter(function (part) { return part[1].length; });
    if (!parts.length) { return; }
    var details = add(into, 'details', '');
    add(details, 'summary', '', 'Envelope');
    parts.forEach(function (part) {
      if (part[0]) { add(details, 'h3', '', part[0]); }
      var fields = add(details, 'dl', 'about');
      part[1].forEach(function (field) { fact(fields, field[0].replace(/-/g, ' '), field[1]); });
    });
  }
  function findingsOfSequence(into, number) {
    D.findings.forEach(function (f) { if (f[0] < 0 && f[1] === number) { add(into, 'p', 'problem', f[3]); } });
  }

  // ---- the views ----
  var views = {
    current: function () {
      drawTree(every.filter(function (i) { return L.kind[i] === '' && tree.isCurrent(i, question.after); }), { after: question.after });
    },
    all: function () {
      drawTree(every.filter(function (i) { return L.sequence[i] <= question.after; }), { after: question.after, state: true, operation: true });
    },
    sequences: function () {
      var counts = D.sequences.map(function () { return 0; });
      every.forEach(function (i) { counts[L.sequence[i]] += 1; });
      picks(D.sequences.map(function (s, n) { return [s.number + (s.sent ? '  sent ' + s.sent : ''), s.text || s.type, tree.plural(counts[n], 'leaf', 'leaves')]; }));
      var s = D.sequences[question.item];
      if (!s) { return; }
      aboutSequence(byId('about'), s);
      findingsOfSequence(byId('about'), s.number);
      drawTree(every.filter(function (i) { return L.sequence[i] === question.item; }), { after: D.sequences.length - 1, operation: true, state: true });
    },
    studies: function () {
      picks(D.studies.map(function (s) { return [s.id, s.titles[0] || '', tree.plural(s.leaves.length, 'leaf', 'leaves')]; }));
      var study = D.studies[question.item], about = byId('about');
      if (!study) { say(0, 0); add(byId('tree'), 'p', 'none', 'The backbones name no study: no study tagging file, no node extension below 4.2 or 5.3.'); return; }
      add(about, 'h2', '', 'Study ' + study.id);
      var list = add(about, 'dl', 'about');
      study.titles.forEach(function (title) { fact(list, 'Title', title); });
      if (study.titles.length > 1) { add(about, 'p', 'problem', 'The title is not the same in all study tagging files: a reviewer sees ' + study.titles.length + ' studies.'); }
      study.categories.forEach(function (category) { fact(list, 'Category', category); });
      fact(list, 'Told by', study.tagged ? 'study tagging files' : 'a node extension of this title');
      drawStudy(study);
    },
    activities: function () {
      picks(D.activities.map(function (a) { return [a.number + (a.type ? '  ' + a.type : ''), a.opening_is_here ? '' : 'its first sequence is not here', tree.plural(a.sequences.length, 'sequence')]; }));
      var activity = D.activities[question.item], about = byId('about');
      if (!activity) { return; }
      add(about, 'h2', '', 'Regulatory activity ' + activity.number + (activity.type ? ': ' + activity.type : ''));
      var list = add(about, 'ol', 'steps');
      activity.sequences.forEach(function (n) {
        var s = D.sequences[n], item = add(list, 'li', ''), a = add(item, 'a', 'num', s.number);
        a.href = '#view=sequences&item=' + n;
        add(item, 'span', '', s.type);
        add(item, 'span', 'soft', s.text);
        if (s.sent) { add(item, 'span', 'tag', 'sent ' + s.sent); }
      });
      drawTree(every.filter(function (i) { return activity.sequences.indexOf(L.sequence[i]) >= 0; }), { after: D.sequences.length - 1, operation: true, state: true });
    },
    findings: function () {
      var text = question.text.toLowerCase(), list = add(byId('tree'), 'ul', 'tree findings'), count = 0;
      D.findings.forEach(function (f) {
        var words = (f[3] + ' ' + f[2] + ' ' + (f[1] || '') + ' ' + (f[0] >= 0 ? tree.wordsOf(f[0]) : '')).toLowerCase();
        if (text && words.indexOf(text) < 0) { return; }
        count += 1;
        var item = add(list, 'li', 'leaf'), line = add(item, 'div', 'line');
        add(line, 'span', 'tag error', f[2].replace(/-/g, ' '));
        if (f[1]) { add(line, 'span', 'num', f[1]); }
        if (f[0] < 0) { add(line, 'span', 'row', f[3]).tabIndex = 0; } else { add(line, 'span', 'code', tree.headingOf(L.node[f[0]])); tree.drawLeaf(add(item, 'ul', ''), f[0], { after: D.sequences.length - 1, operation: true }); }
      });
      byId('found').textContent = tree.plural(count, 'finding');
      if (!count) { add(byId('tree'), 'p', 'none', 'Nothing missing, nothing dead.'); }
    }
  };
  // By file tag, in the order in which tags first come; leaves without one last.
  function drawStudy(study) {
    var tags = {}, order = [], note = {};
    var some = found(study.leaves.map(function (entry) { return entry[0]; }));
    study.leaves.forEach(function (entry) {
      if (some.indexOf(entry[0]) < 0) { return; }
      var tag = entry[1] || (L.kind[entry[0]] === 'tagging' ? 'study tagging files' : 'without a file tag');
      if (!tags[tag]) { tags[tag] = []; order.push(tag); }
      tags[tag].push(entry[0]);
      note[entry[0]] = entry[2] ? 'site ' + entry[2] : '';
    });
    say(some.length, study.leaves.length);
    order.forEach(function (tag) {
      var head = add(byId('tree'), 'h3', '', tag);
      add(head, 'span', 'n', ' ' + tags[tag].length);
      tree.drawLeaves(add(byId('tree'), 'ul', 'tree'), tags[tag], { after: D.sequences.length - 1, state: true, operation: true, note: function (i) { return note[i]; }, whole: open === true });
    });
    if (!order.length) { add(byId('tree'), 'p', 'none', 'Nothing here holds "' + question.text + '".'); }
  }

  function follow() {
    readHash();
    document.querySelectorAll('[role=tab]').forEach(function (tab) {
      var is = tab.dataset.view === question.view;
      tab.setAttribute('aria-selected', String(is));
      tab.tabIndex = is ? 0 : -1;
      if (is) { byId('shown').setAttribute('aria-labelledby', tab.id); }
    });
    ['picks', 'about', 'tree'].forEach(function (id) { byId(id).textContent = ''; });
    var asOf = question.view === 'current' || question.view === 'all';
    byId('picks').hidden = asOf || question.view === 'findings';
    byId('shown').className = byId('picks').hidden ? '' : 'beside';
    byId('after-label').hidden = !asOf || D.sequences.length < 2;
    byId('after').value = String(question.after);
    if (byId('search').value.trim() !== question.text) { byId('search').value = question.text; }
    if (asOf) { D.findings.forEach(function (f) { if (f[0] < 0 && f[2] === 'missing-sequence') { add(byId('about'), 'p', 'problem', f[3]); } }); }
    views[question.view]();
  }

  function makeControls() {
    var tabs = Array.prototype.slice.call(document.querySelectorAll('[role=tab]'));
    tabs.forEach(function (tab, n) {
      tab.addEventListener('click', function () { open = undefined; ask({ view: tab.dataset.view, item: 0 }); });
      tab.addEventListener('keydown', function (event) {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') { return; }
        var other = tabs[(n + (event.key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length];
        other.focus();
        other.click();
      });
    });
    byId('tab-findings').lastChild.textContent += ' ' + D.findings.length;
    D.sequences.forEach(function (s, n) { add(byId('after'), 'option', '', s.number).value = String(n); });
    byId('after').addEventListener('change', function () { ask({ after: Number(byId('after').value) }); });
    byId('search').addEventListener('input', function () { open = undefined; ask({ text: byId('search').value.trim() }, true); });
    byId('filters').addEventListener('submit', function (event) { event.preventDefault(); });
    byId('open-all').addEventListener('click', function () { open = true; follow(); });
    byId('close-all').addEventListener('click', function () { open = false; follow(); });
    byId('content').addEventListener('keydown', tree.onKey);
    document.addEventListener('keydown', function (event) {
      if (event.key === '/' && !/^(INPUT|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); byId('search').focus(); }
    });
    byId('filters').hidden = false;
    window.addEventListener('hashchange', follow);
  }

  function start() {
    tree.prepare();
    for (var i = 0; i < L.node.length; i += 1) { every.push(i); }
    makeControls();
    follow();
    document.documentElement.dataset.ready = 'yes';
  }

  // The leaves lie in the page, or in files beside it that are read one after the other.
  var next = 0;
  window.viewLeaves = function (from, columns) { if (from === L.node.length) { tree.take(columns); } };
  function readFile() {
    if (next === D.files.length && L.node.length === D.count) { start(); return; }
    if (next === D.files.length) { add(byId('tree'), 'p', 'problem', 'The files beside this page are not those it was made with; make it anew.'); document.documentElement.dataset.ready = 'yes'; return; }
    byId('tree').textContent = 'Reading file ' + (next + 1) + ' of ' + D.files.length + ' …';
    var script = document.createElement('script');
    script.src = D.files[next];
    script.onload = readFile;
    script.onerror = function () { byId('tree').textContent = 'The file ' + script.src + ' beside this page cannot be read.'; document.documentElement.dataset.ready = 'yes'; };
    next += 1;
    document.head.appendChild(script);
  }
  window.setTimeout(function () { if (D.files) { readFile(); } else { tree.take(D.leaves); start(); } }, 0);
}());
