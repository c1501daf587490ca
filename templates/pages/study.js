// The script of the completeness page and the dashboard: tabs, movement in the heat maps, and lists of rows made on demand from the page's data. Texts enter the page as
// text only, never as markup. The place in the page (#p=3&m=03) is the question, so that Back works and a link can be kept.
'use strict';
(function () {
  var byId = function (id) { return document.getElementById(id); };
  var openStates = ['missing', 'overdue', 'expired', 'in_review'];
  var chunk = 200, printed = 2000; // rows at a time; at most on paper

  // ---- data: parsed when it is first needed ----
  var parsed = null;
  function data() {
    if (!parsed) { parsed = JSON.parse(byId('data').textContent); }
    return parsed;
  }

  // One row as texts and numbers; `i` is its place in the columns.
  function rowAt(i) {
    var d = data(), rows = d.rows, rule = d.rules[rows.rule[i]], place = d.places[rows.place[i]], person = d.people[rows.person[i]];
    var event = d.events[rows.event[i]], language = d.languages[rows.language[i]], age = rows.age[i], note = rule[5];
    if (rows.expected[i] > 1) { note = rows.satisfied[i] + ' of ' + rows.expected[i] + ' are there. ' + note; }
    if (d.reasons[rows.reason[i]]) { note = 'Waived: ' + d.reasons[rows.reason[i]] + '. ' + note; }
    return {
      artifact: rule[1], name: rule[2], note: note, milestone: rule[3], place: place[3], rule: rule[0], confidence: rule[4],
      for: [person[1], event, language].filter(Boolean).join(', '),
      due: age === null ? '' : dayBefore(d.as_of, age), late: age === null ? -Infinity : age, state: d.states[rows.state[i]],
      documents: rows.documents[i], slot: [rule[0], place[1], place[2], person[0], event, language].join('/')
    };
  }

  function dayBefore(day, days) { return new Date(Date.parse(day) - days * 86400000).toISOString().slice(0, 10); }

  // ---- the question ----
  var question = { place: '', zone: '', country: '', milestone: '', text: '', states: openStates };
  var sorting = { key: 'late', down: true };

  function readHash() {
    var hash = {};
    location.hash.slice(1).split('&').forEach(function (part) {
      var at = part.indexOf('=');
      if (at > 0) { hash[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); }
    });
    return hash;
  }

  function matches() {
    var d = data(), rows = d.rows, found = [], text = question.text.toLowerCase(), words = {};
    for (var i = 0; i < rows.rule.length; i += 1) {
      var rule = d.rules[rows.rule[i]], place = d.places[rows.place[i]];
      if (question.place !== '' && rows.place[i] !== Number(question.place)) { continue; }
      if (question.milestone && rule[3] !== question.milestone) { continue; }
      if (question.zone && rule[1].slice(0, 2) !== question.zone) { continue; }
      if (question.country && place[1] !== (question.country === '-' ? '' : question.country)) { continue; }
      if (question.states.indexOf(d.states[rows.state[i]]) < 0) { continue; }
      if (text) {
        var key = rows.rule[i] + '/' + rows.place[i] + '/' + rows.person[i] + '/' + rows.event[i];
        if (!(key in words)) {
          words[key] = (rule.join(' ') + ' ' + place.join(' ') + ' ' + d.people[rows.person[i]].join(' ') + ' ' + d.events[rows.event[i]]).toLowerCase();
        }
        if (words[key].indexOf(text) < 0 && rows.documents[i].toLowerCase().indexOf(text) < 0) { continue; }
      }
      found.push(i);
    }
    return found;
  }

  // The data stand with what is open first, by age: the list as it is seen first needs no sorting.
  function stands() {
    return sorting.key === 'late' && sorting.down && question.states.every(function (state) { return openStates.indexOf(state) >= 0; });
  }

  function sorted(found) {
    if (stands()) { return found; }
    var age = data().rows.age, byAge = sorting.key === 'late';
    var values = found.map(function (i) { return [byAge ? (age[i] === null ? -Infinity : age[i]) : rowAt(i)[sorting.key], i]; });
    values.sort(function (a, b) {
      var order = a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1];
      return sorting.down && a[0] !== b[0] ? -order : order;
    });
    return values.map(function (value) { return value[1]; });
  }

  // ---- the list ----
  var shown = [], built = 0;
  var body = byId('rows').tBodies[0];

  function cell(row, text, css) {
    var td = row.insertCell();
    var isolated = document.createElement('bdi');
    isolated.textContent = text;
    td.appendChild(isolated);
    if (css) { td.className = css; }
    return td;
  }

  function note(td, text) {
    if (!text) { return; }
    var span = document.createElement('span');
    span.className = 'rnote';
    span.textContent = text;
    td.appendChild(span);
  }

  function addRow(i) {
    var r = rowAt(i), tr = document.createElement('tr');
    cell(tr, r.artifact, 'num');
    note(cell(tr, r.name), r.note);
    cell(tr, r.place);
    cell(tr, r.for);
    cell(tr, r.milestone, 'num');
    cell(tr, r.due, 'num');
    cell(tr, r.late > 0 ? String(r.late) : '', 'number');
    var state = document.createElement('span');
    state.className = 'tag s-' + r.state;
    state.textContent = r.state.replace('_', ' ');
    tr.insertCell().appendChild(state);
    cell(tr, r.documents);
    var rule = cell(tr, r.rule, 'num');
    rule.title = r.slot;
    note(rule, r.confidence);
    body.appendChild(tr);
  }

  function build(many) {
    var end = Math.min(shown.length, built + many);
    for (; built < end; built += 1) { addRow(shown[built]); }
    byId('more').hidden = built >= shown.length;
    byId('more-rows').textContent = 'Show ' + Math.min(chunk, shown.length - built) + ' more';
    byId('all-rows').textContent = 'Show all ' + shown.length;
  }

  function title() {
    var d = data(), parts = [];
    if (question.place !== '') { parts.push(d.places[Number(question.place)][3]); }
    if (question.zone) { parts.push('zone ' + question.zone); }
    if (question.country) { parts.push(question.country === '-' ? 'trial level' : question.country); }
    if (question.milestone) { parts.push('milestone ' + question.milestone); }
    var onlyOpen = question.states.join() === openStates.join();
    return (onlyOpen ? 'Open' : 'Expected documents') + (parts.length ? ': ' + parts.join(', ') : ', all places');
  }

  function show() {
    shown = sorted(matches());
    built = 0;
    body.textContent = '';
    byId('list-title').textContent = title();
    byId('list-count').textContent = shown.length + (shown.length === 1 ? ' row' : ' rows');
    byId('rows').hidden = shown.length === 0;
    byId('milestone').value = question.milestone;
    byId('zone').value = question.zone;
    sayLeftOut();
    build(chunk);
  }

  // ---- what the page leaves out, and what paper does ----
  function command() {
    var d = data(), place = question.place === '' ? ['', '', ''] : d.places[Number(question.place)];
    var country = d.filter[0] || (place[2] ? '' : place[1]) || (question.country === '-' ? '' : question.country);
    var site = d.filter[1] || place[2], milestone = d.filter[2] || question.milestone, words = d.command;
    if (site) { words += ' --site ' + site; } else if (country) { words += ' --country ' + country; }
    if (milestone) { words += ' --milestone ' + milestone; }
    return words + ' --format csv --output rows.csv';
  }

  function sayLeftOut() {
    var note = byId('left-out');
    if (note) { byId('left-out-command').textContent = command(); }
  }

  function makePrinting() {
    window.addEventListener('beforeprint', function () {
      build(Math.max(0, printed - built));
      var left = shown.length - built, note = byId('not-printed');
      note.hidden = left === 0;
      note.textContent = left === 0 ? '' : left + ' more rows are not printed. All of them: ' + command();
    });
    window.addEventListener('afterprint', function () { byId('not-printed').hidden = true; });
  }

  function markChosen() {
    document.querySelectorAll('.heat a.chosen').forEach(function (a) { a.classList.remove('chosen'); });
    if (location.hash.length < 2) { return; }
    document.querySelectorAll('.heat td a[href="' + CSS.escape(location.hash) + '"]').forEach(function (a) { a.classList.add('chosen'); });
  }

  // A cell was chosen: its list, under what is open.
  function follow(scroll) {
    var hash = readHash(), known = data().places.length;
    question.place = /^\d+$/.test(hash.p || '') && Number(hash.p) < known ? hash.p : '';
    question.zone = hash.z || '';
    question.country = hash.c || '';
    question.milestone = hash.m || '';
    markChosen();
    show();
    if (scroll) {
      byId('list').scrollIntoView();
      byId('list').querySelector('h2').focus({ preventScroll: true });
    }
  }

  function makeFilters() {
    var words = ['missing', 'overdue', 'expired', 'in_review', 'not_due', 'satisfied', 'waived'];
    words.forEach(function (word) {
      var label = document.createElement('label'), box = document.createElement('input');
      box.type = 'checkbox';
      box.value = word;
      box.checked = openStates.indexOf(word) >= 0;
      label.appendChild(box);
      label.appendChild(document.createTextNode(' ' + word.replace('_', ' ') + ' '));
      byId('state-boxes').appendChild(label);
    });
    function boxes() { return Array.prototype.slice.call(byId('state-boxes').querySelectorAll('input')); }
    byId('state-boxes').addEventListener('change', function () {
      question.states = boxes().filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
      show();
    });
    byId('search').addEventListener('input', function () { question.text = byId('search').value.trim(); show(); });
    byId('milestone').addEventListener('change', function () { question.milestone = byId('milestone').value; show(); });
    byId('zone').addEventListener('change', function () { question.zone = byId('zone').value; show(); });
    byId('filters').addEventListener('submit', function (event) { event.preventDefault(); });
    byId('reset').addEventListener('click', function () {
      boxes().forEach(function (box) { box.checked = openStates.indexOf(box.value) >= 0; });
      question.states = openStates;
      question.text = byId('search').value = '';
      if (location.hash) { location.hash = ''; } else { follow(false); }
    });
    byId('filters').hidden = false;
    byId('more-rows').addEventListener('click', function () { build(chunk); });
    byId('all-rows').addEventListener('click', function () { build(shown.length); });
  }

  function makeSorting() {
    Array.prototype.forEach.call(byId('rows').tHead.rows[0].cells, function (head) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.textContent = '';
      head.appendChild(button);
      button.addEventListener('click', function () {
        var key = head.dataset.key;
        sorting = { key: key, down: sorting.key === key ? !sorting.down : key === 'late' };
        Array.prototype.forEach.call(byId('rows').tHead.rows[0].cells, function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', sorting.down ? 'descending' : 'ascending');
        show();
      });
    });
  }

  // ---- tabs and heat maps ----
  function makeTabs() {
    var tabs = Array.prototype.slice.call(document.querySelectorAll('[role=tab]'));
    function choose(chosen) {
      tabs.forEach(function (tab) {
        var is = tab === chosen;
        tab.setAttribute('aria-selected', String(is));
        tab.tabIndex = is ? 0 : -1;
        byId(tab.getAttribute('aria-controls')).hidden = !is;
      });
    }
    tabs.forEach(function (tab, i) {
      tab.addEventListener('click', function () { choose(tab); });
      tab.addEventListener('keydown', function (event) {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') { return; }
        var other = tabs[(i + (event.key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length];
        choose(other);
        other.focus();
      });
    });
    if (tabs.length > 0) { choose(tabs[0]); }
  }

  // One stop for the Tab key; arrow keys move from cell to cell, over those without a list.
  function makeGrid(table) {
    var body = table.tBodies[0], step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    setStop(body, body.querySelector('a'));
    table.addEventListener('keydown', function (event) {
      var by = step[event.key], from = event.target.closest('td, th');
      if (!by || !from) { return; }
      event.preventDefault();
      var rows = body.rows, r = from.parentNode.sectionRowIndex, c = from.cellIndex;
      for (;;) {
        r += by[0];
        c += by[1];
        var next = rows[r] && rows[r].cells[c];
        if (!next) { return; }
        var link = next.querySelector('a');
        if (link) { break; }
      }
      setStop(body, link);
      link.focus();
    });
  }

  function setStop(body, link) {
    body.querySelectorAll('a[tabindex="0"]').forEach(function (a) { a.tabIndex = -1; });
    if (link) { link.tabIndex = 0; }
  }

  // The places that match, as many as a browser lays out at once; the others on demand.
  function makePlaces() {
    var input = byId('place-filter'), body = byId('places').querySelector('tbody'), rest = byId('more-places');
    var rows = Array.prototype.slice.call(body.rows), drawn = rows.length;
    if (rest) { rows = rows.concat(Array.prototype.slice.call(rest.content.querySelectorAll('tr'))); }
    function draw() {
      var text = input.value.trim().toLowerCase(), part = document.createDocumentFragment();
      var found = rows.filter(function (row, i) { return text === '' || data().places[i].join(' ').toLowerCase().indexOf(text) >= 0; });
      found.slice(0, drawn).forEach(function (row) { part.appendChild(row); });
      body.textContent = '';
      body.appendChild(part);
      setStop(body, body.querySelector('a'));
      markChosen();
      sayDrawn(Math.min(found.length, drawn), found.length);
    }
    function sayDrawn(some, all) {
      if (!rest) { return; }
      byId('places-left').hidden = some === all;
      byId('places-drawn').textContent = some + ' of ' + all + ' places are drawn.';
    }
    if (rest) {
      byId('all-places').addEventListener('click', function () { drawn = rows.length; draw(); });
      sayDrawn(drawn, rows.length);
    }
    input.closest('p').hidden = rows.length < 2;
    input.addEventListener('input', draw);
  }

  function listNotApplicable() {
    var list = data().not_applicable;
    byId('not-applicable').hidden = list.length === 0;
    list.forEach(function (item) {
      var tr = byId('not-applicable').querySelector('tbody').insertRow();
      item.forEach(function (text) { cell(tr, text); });
    });
  }

  makeTabs();
  document.querySelectorAll('.heat').forEach(makeGrid);
  makeFilters();
  makeSorting();
  makePlaces();
  makePrinting();
  window.addEventListener('hashchange', function () { follow(true); });
  document.addEventListener('click', function (event) { // the same cell again
    var a = event.target.closest('.heat a');
    if (a && a.getAttribute('href') === location.hash) { follow(true); }
  });
  // After the first picture: the rows are many, the maps are there already.
  window.setTimeout(function () {
    follow(false);
    listNotApplicable();
    document.documentElement.dataset.ready = 'yes';
  }, 0);
}());
