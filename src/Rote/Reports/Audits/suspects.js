(() => {
  'use strict';
  const list = document.getElementById('suspects');
  if (!list) return;
  const cards = Array.from(list.children);
  const text = document.getElementById('suspects-text');
  const selects = Array.from(document.querySelectorAll('.suspects-tools select[data-key]'));
  const order = document.getElementById('suspects-order');
  const shown = document.getElementById('suspects-shown');
  const state = document.getElementById('decide-state');
  const another = document.getElementById('decide-class');
  const classes = Array.from(document.getElementById('decide-classes').options, option => option.value);
  const words = new Map(cards.map(card => [card, card.textContent.toLowerCase()]));
  const place = `rote-decisions-${list.dataset.audit}`;
  const keyOf = card => `${card.dataset.file}\n${card.dataset.row}`;
  let kept = true;
  let current = cards[0];
  let decisions = Object.create(null);
  let others = Object.create(null); // on examples that are not on this page: it may have been written anew with other suspects

  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(place) || '{}');
      const here = new Map(cards.map(card => [keyOf(card), card.dataset.label]));
      for (const [key, said] of Object.entries(found)) {
        const fits = said && ['keep', 'change', 'drop', 'unsure'].includes(said.decision)
          && (said.decision === 'change' ? classes.includes(said.newLabel) : !said.newLabel);
        const kind = here.has(key) ? decisions : others;
        if (fits) kind[key] = { decision: said.decision, newLabel: said.newLabel || '', label: here.get(key) ?? String(said.label ?? '') };
      }
    } catch { kept = false; }
  };
  const write = () => {
    try { localStorage.setItem(place, JSON.stringify({ ...others, ...decisions })); kept = true; } catch { kept = false; }
  };

  const tell = () => {
    const count = Object.keys(decisions).length;
    const more = Object.keys(others).length;
    state.textContent = `${count.toLocaleString('en')} of ${cards.length.toLocaleString('en')} decided`
      + (more ? `; ${more.toLocaleString('en')} more on examples that are not on this page` : '')
      + (kept ? '' : '; this browser keeps nothing: save before you leave');
  };
  const show = card => {
    const said = decisions[keyOf(card)];
    card.classList.toggle('decided', Boolean(said));
    for (const button of card.querySelectorAll('.decide button')) button.setAttribute('aria-pressed', String(said?.decision === button.value));
    card.querySelector('.decide output').textContent = said?.decision === 'change' ? `→ ${said.newLabel}` : '';
  };
  const decide = (card, decision, newLabel = '') => {
    if (decision === 'change' && newLabel === card.dataset.label) [decision, newLabel] = ['keep', ''];
    const before = decisions[keyOf(card)];
    if (before && before.decision === decision && before.newLabel === newLabel) delete decisions[keyOf(card)];
    else decisions[keyOf(card)] = { decision, newLabel, label: card.dataset.label };
    write();
    show(card);
    tell();
    return Boolean(decisions[keyOf(card)]);
  };

  const go = card => {
    if (!card) return;
    current.tabIndex = -1;
    current = card;
    card.tabIndex = 0;
    card.focus();
    card.scrollIntoView({ block: 'nearest' });
  };
  const beside = (card, step) => {
    let next = card;
    do next = step > 0 ? next.nextElementSibling : next.previousElementSibling; while (next && next.hidden);
    return next;
  };

  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    let count = 0;
    cards.forEach(card => {
      const fits = (!wanted || words.get(card).includes(wanted)) && selects.every(s => !s.value || card.dataset[s.dataset.key] === s.value);
      card.hidden = !fits;
      if (fits) count++;
    });
    if (current.hidden) {
      current.tabIndex = -1;
      current = cards.find(card => !card.hidden) || current;
      current.tabIndex = 0;
    }
    shown.textContent = `${count.toLocaleString('en')} of ${cards.length.toLocaleString('en')} shown`;
  };

  // By a measure, the suspicious end first; what is not known comes last. By nothing, as the page came.
  const bySuspicion = cards.slice();
  const sort = () => {
    const [direction, column] = [order.value.startsWith('-') ? -1 : 1, Math.abs(Number(order.value)) - 1];
    const valueOf = card => direction * Number(card.dataset.values.split(' ')[column]);
    const last = value => Number.isNaN(value) ? Infinity : value;
    cards.splice(0, cards.length, ...bySuspicion);
    if (column >= 0) cards.sort((a, b) => { const [x, y] = [last(valueOf(a)), last(valueOf(b))]; return x === y ? 0 : x - y; });
    list.append(...cards);
  };

  const field = value => `"${String(value).replaceAll('"', '""')}"`;
  const save = () => {
    const here = cards.filter(card => decisions[keyOf(card)]).map(card => [keyOf(card), decisions[keyOf(card)]]);
    const rows = [...here, ...Object.entries(others)].map(([key, said]) => {
      const end = key.lastIndexOf('\n');
      return [key.slice(0, end), key.slice(end + 1), said.label, said.decision, said.newLabel, list.dataset.audit];
    });
    const table = [['file', 'row', 'givenLabel', 'decision', 'newLabel', 'audit'], ...rows];
    const csv = table.map(row => row.map(field).join(',')).join('\n') + '\n';
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
    link.download = 'decisions.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const change = card => {
    if (card.dataset.other) return decide(card, 'change', card.dataset.other);
    another.focus();
    return false;
  };
  const act = (card, decision) => (decision === 'change' ? change(card) : decide(card, decision));
  for (const card of cards) {
    const bar = document.createElement('div');
    bar.className = 'decide';
    const named = card.dataset.other ? `Change to ${card.dataset.other}` : 'Change …';
    for (const [value, name, key] of [['keep', 'Keep', 'k'], ['change', named, 'c'], ['drop', 'Drop', 'd'], ['unsure', 'Unsure', 'u']]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.tabIndex = -1;
      button.value = value;
      button.textContent = name;
      button.title = `key ${key}`;
      button.addEventListener('click', () => { go(card); act(card, value); });
      bar.append(button);
    }
    bar.append(document.createElement('output'));
    card.append(bar);
    card.addEventListener('focusin', () => {
      current.tabIndex = -1;
      current = card;
      card.tabIndex = 0;
    });
  }

  another.addEventListener('keydown', event => {
    if (event.key === 'Escape') go(current);
    if (event.key !== 'Enter') return;
    const name = another.value.trim();
    const found = classes.includes(name) ? name : classes.find(c => c.toLowerCase() === name.toLowerCase());
    if (found === undefined) { state.textContent = 'No such class'; return; }
    another.value = '';
    const card = current;
    go(decide(card, 'change', found) ? beside(card, 1) || card : card);
  });
  document.getElementById('decide-save').addEventListener('click', save);
  document.getElementById('decide-clear').addEventListener('click', () => {
    const more = Object.keys(others).length;
    if (!confirm(`Forget all decisions${more ? `, also ${more} on examples that are not on this page` : ' on this page'}?`)) return;
    [decisions, others] = [Object.create(null), Object.create(null)];
    write();
    cards.forEach(show);
    tell();
  });
  text.addEventListener('input', filter);
  selects.forEach(select => select.addEventListener('change', filter));
  if (order) order.addEventListener('change', sort);

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest && event.target.closest('input, select, textarea, [contenteditable]')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = { ArrowDown: 1, j: 1, n: 1, ArrowUp: -1, p: -1 }[key];
    const decision = { k: 'keep', c: 'change', d: 'drop', u: 'unsure' }[key];
    const isOnCard = list.contains(document.activeElement);
    if (decision || key === 'o') {
      if (event.repeat) return;
      event.preventDefault();
      if (!isOnCard) { go(current); return; }
      if (key === 'o') { another.focus(); return; }
      const card = current;
      if (act(card, decision)) go(beside(card, 1) || card);
    } else if (key === '/') {
      event.preventDefault();
      text.focus();
    } else if (key === 'Enter' && document.activeElement === current) {
      const link = current.querySelector('.look a');
      if (link) link.click();
    } else if (step && (key.length === 1 || isOnCard)) {
      event.preventDefault();
      go(isOnCard ? beside(current, step) : current);
    }
  });

  read();
  document.querySelector('.decide-tools').hidden = false;
  cards.forEach(show);
  tell();
  filter();
})();
