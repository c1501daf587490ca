// Sorts a table by the column whose head is chosen.
document.querySelectorAll('table.rows').forEach(function (table) {
  var body = table.tBodies[0];
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
    var button = document.createElement('button');
    button.type = 'button'; button.textContent = head.textContent; head.textContent = ''; head.appendChild(button);
    var number = head.className === 'number' || head.className === 'percent';
    button.addEventListener('click', function () {
      var down = head.getAttribute('aria-sort') === 'ascending';
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      var rows = Array.prototype.map.call(body.rows, function (row) { return [row.cells[column].textContent, row]; });
      rows.sort(function (a, b) {
        var none = [a[0], b[0]].map(function (text) { return text === '' || text === 'n/a'; });
        if (none[0] || none[1]) { return none[0] - none[1]; } // what has no value stays last
        var order = number ? a[0] - b[0] : a[0].localeCompare(b[0]);
        return down ? -order : order;
      });
      rows.forEach(function (row) { body.appendChild(row[1]); });
    });
  });
});
