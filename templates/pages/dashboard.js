// The dashboard's script: tabs, movement in the heat maps, and lists of rows made on demand from the page's data. Texts enter the page as
// text only, never as markup. The place in the page (#p=3&m=03) is the question, so that Back works and a link can be kept.
'use strict';
(function () {
  var byId = function (id) { return document.getElementById(id); };
  var openStates = ['missing', 'overdue', 'expired', 'in_review'];
  var chunk = 200;

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

  function sorted(found) {
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
    build(chunk);
  }

  // A cell was chosen: its list, under what is open.
  function follow(scroll) {
    var hash = readHash(), known = data().places.length;
    question.place = /^\d+$/.test(hash.p || '') && Number(hash.p) < known ? hash.p : '';
    question.zone = hash.z || '';
    question.country = hash.c || '';
    question.milestone = hash.m || '';
    document.querySelectorAll('.heat a.chosen').forEach(function (a) { a.classList.remove('chosen'); });
    document.querySelectorAll('.heat td a').forEach(function (a) { if (a.getAttribute('href') === location.hash) { a.classList.add('chosen'); } });
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
    choose(tabs[0]);
  }

  // One stop for the Tab key; arrow keys move from cell to cell, over those without a list.
  function makeGrid(table) {
    var links = Array.prototype.slice.call(table.querySelectorAll('tbody a'));
    links.forEach(function (a, i) { a.tabIndex = i === 0 ? 0 : -1; });
    var step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    table.addEventListener('keydown', function (event) {
      var by = step[event.key], from = event.target.closest('td, th');
      if (!by || !from) { return; }
      event.preventDefault();
      var rows = table.tBodies[0].rows, r = from.parentNode.sectionRowIndex, c = from.cellIndex;
      for (;;) {
        r += by[0];
        c += by[1];
        var next = rows[r] && rows[r].cells[c];
        if (!next) { return; }
        var link = !rows[r].hidden && next.querySelector('a');
        if (link) { break; }
      }
      links.forEach(function (a) { a.tabIndex = -1; });
      link.tabIndex = 0;
      link.focus();
    });
  }

  function makePlaceFilter() {
    var input = byId('place-filter'), rows = byId('places').querySelectorAll('tbody tr');
    input.closest('p').hidden = false;
    input.addEventListener('input', function () {
      var text = input.value.trim().toLowerCase();
      rows.forEach(function (row, i) {
        var place = data().places[i];
        row.hidden = text !== '' && place.join(' ').toLowerCase().indexOf(text) < 0;
      });
    });
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
  makePlaceFilter();
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
