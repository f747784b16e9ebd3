(() => {
  'use strict';
  const table = document.getElementById('suspects-table');
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const text = document.getElementById('suspects-text');
  const selects = Array.from(document.querySelectorAll('.suspects-tools select'));
  const shown = document.getElementById('suspects-shown');
  const words = rows.map(row => row.textContent.toLowerCase());

  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    let count = 0;
    rows.forEach((row, i) => {
      const fits = (!wanted || words[i].includes(wanted)) && selects.every(s => !s.value || row.dataset[s.dataset.key] === s.value);
      row.hidden = !fits;
      if (fits) count++;
    });
    shown.textContent = `${count.toLocaleString('en')} of ${rows.length.toLocaleString('en')} shown`;
  };

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  };

  const sort = (header, column) => {
    const direction = header.getAttribute('aria-sort') === 'descending' ? 1 : -1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
    const keyed = rows.map((row, i) => [valueOf(row, column), i, row]);
    keyed.sort((a, b) => {
      if (typeof a[0] === 'string') return direction * a[0].localeCompare(b[0]) || a[1] - b[1];
      const [left, right] = [Number.isNaN(a[0]) ? -Infinity : a[0], Number.isNaN(b[0]) ? -Infinity : b[0]];
      return left === right ? a[1] - b[1] : direction * (left < right ? -1 : 1);
    });
    body.append(...keyed.map(entry => entry[2]));
  };

  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    const button = header.querySelector('button');
    if (button) button.addEventListener('click', () => sort(header, column));
  });
  text.addEventListener('input', filter);
  selects.forEach(select => select.addEventListener('change', filter));

  const move = (row, step) => {
    let next = row;
    do next = step > 0 ? next.nextElementSibling : next.previousElementSibling; while (next && next.hidden);
    if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); }
  };
  body.addEventListener('keydown', event => {
    const row = event.target.closest('tr');
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (row && step) { event.preventDefault(); move(row, step); }
  });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      text.focus();
    }
  });
  filter();
})();
