// Sorts a table by the column whose head is chosen, and its parts for paper alike.
document.querySelectorAll('table.rows:not(.part)').forEach(function (table) {
  var bodies = [table.tBodies[0]];
  if (table.classList.contains('wide')) { table.parentNode.querySelectorAll('.part').forEach(function (part) { bodies.push(part.tBodies[0]); }); }
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
    var button = document.createElement('button');
    button.type = 'button'; button.textContent = head.textContent; head.textContent = ''; head.appendChild(button);
    var number = head.className === 'number' || head.className === 'percent';
    button.addEventListener('click', function () {
      var down = head.getAttribute('aria-sort') === 'ascending';
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      var before = bodies.map(function (body) { return Array.prototype.slice.call(body.rows); });
      var rows = before[0].map(function (row, place) { return [row.cells[column].textContent, place]; });
      rows.sort(function (a, b) {
        var none = [a[0], b[0]].map(function (text) { return text === '' || text === 'n/a'; });
        if (none[0] || none[1]) { return none[0] - none[1]; } // what has no value stays last
        var order = number ? a[0] - b[0] : a[0].localeCompare(b[0]);
        return down ? -order : order;
      });
      bodies.forEach(function (body, i) { rows.forEach(function (row) { body.appendChild(before[i][row[1]]); }); });
    });
  });
});
