(() => {
  'use strict';
  // Whatever comes from the data goes into the page as text (textContent), never as markup.
  const $ = id => document.getElementById(id);
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const count = n => n.toLocaleString('en');
  const some = (n, noun) => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
  const named = text => make('bdi', '', text); // a name of a class keeps its own direction, so that no arrow beside it turns round
  const chance = p => p === null || p === undefined ? '' : p > 0.995 ? '> 99 %' : p < 0.005 ? '< 1 %' : percent(p); // nobody is that sure
  const percent = p => p === null || p === undefined ? '' : p > 0 && p < 0.005 ? '< 1 %' : p < 1 && p > 0.995 ? '> 99 %' : `${Math.round(100 * p)} %`;

  const ahead = 8; // examples asked for at once
  const tiles = 24; // on a page of the grid
  const items = new Map(); // by place
  const asked = new Map(); // first place of a request under way
  const pictures = new Map(); // by example: kept, so that they are decoded when their turn comes
  let session, place = 0, drawn = -1, // where one is, and what is on the screen: they differ after a request that failed
     isGrid = false, gridFrom = 0, work = Promise.resolve(), turn = 0;

  // ---- talking to the program ----
  const complain = text => {
    $('alert').textContent = text;
    $('alert').hidden = !text;
  };
  const ask = async (path, body) => {
    let response;
    try {
      response = await fetch(path, body === undefined ? {} : {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
      });
    } catch {
      throw new Error('The program does not answer. Is "rote review" still running? Nothing that was decided before is lost.');
    }
    if (!response.ok) {
      const text = await response.text();
      let sentence = text;
      try { sentence = JSON.parse(text).error; } catch { /* plain text */ }
      throw new Error(sentence || `The program answered ${response.status}.`);
    }
    return response.json();
  };
  const load = async (from, wanted) => {
    const first = Math.max(0, from);
    const missing = [];
    for (let p = first; p < Math.min(first + wanted, session.count); p++) if (!items.has(p)) missing.push(p);
    if (!missing.length) return;
    const key = `${missing[0]}`;
    if (!asked.has(key)) {
      asked.set(key, ask(`/api/items?from=${missing[0]}&count=${Math.min(64, missing[missing.length - 1] - missing[0] + 1)}`)
        .then(found => { for (const item of found) if (!items.has(item.place)) { items.set(item.place, item); prepare(item); } })
        .finally(() => asked.delete(key)));
    }
    await asked.get(key);
    if (items.size > 4000) for (const p of items.keys()) if (Math.abs(p - place) > 500) items.delete(p);
  };
  const picture = id => {
    let image = pictures.get(id);
    if (!image) {
      image = new Image();
      image.alt = '';
      image.decoding = 'async';
      image.addEventListener('load', () => image.classList.toggle('small', image.naturalWidth <= 128 && image.naturalHeight <= 128));
      image.src = `/api/picture/${id}?of=${session.key}`; // of this session: a browser keeps pictures by their address
      pictures.set(id, image);
      if (pictures.size > 200) pictures.delete(pictures.keys().next().value);
    }
    return image;
  };
  const copy = id => { // a picture can stand in one place only
    const known = picture(id), image = known.cloneNode();
    image.addEventListener('load', () => image.classList.toggle('small', image.naturalWidth <= 128 && image.naturalHeight <= 128));
    return image;
  };
  const prepare = item => {
    if (session.kind !== 'picture') return;
    picture(item.id);
    for (const near of item.near) picture(near.id);
  };

  // ---- drawing ----
  const says = decision => ({ keep: '✓ kept', drop: '× dropped', unsure: '? unsure', change: '→ ' })[decision.decision];
  const saying = decision => [says(decision), ...decision.decision === 'change' ? [named(decision.newLabel)] : []];
  const drawStage = item => {
    const stage = $('stage');
    stage.className = session.kind;
    if (session.kind === 'picture') {
      const image = copy(item.id);
      image.alt = `Example ${item.name}, labelled ${item.label}`;
      image.addEventListener('error', () => image.replaceWith(make('p', 'only-name', item.name)), { once: true });
      stage.replaceChildren(image);
    } else if (session.kind === 'text') {
      const text = make('div', 'text', item.text);
      text.tabIndex = 0;
      stage.replaceChildren(text);
    } else if (session.kind === 'row' && item.fields.length) {
      stage.replaceChildren(rowTable(item));
    } else {
      stage.replaceChildren(make('p', 'only-name', item.name));
    }
    if (session.kind !== 'row' && item.fields.length) {
      stage.append(rowTable(item));
      stage.classList.add('with-fields');
    }
    stage.scrollTop = 0;
  };
  const rowTable = item => {
    const table = make('table');
    const head = table.createTHead().insertRow();
    const near = item.near.filter(n => n.fields.length);
    const heading = (className, ...parts) => {
      const cell = make('th', className);
      cell.append(...parts);
      cell.scope = 'col';
      head.append(cell);
    };
    heading('', '');
    heading('', 'This row');
    for (const other of near) heading('near', `${other.how}: `, named(other.label));
    const body = table.createTBody();
    item.fields.forEach((field, i) => {
      const row = body.insertRow();
      const name = make('th', '', field.name);
      name.scope = 'row';
      row.append(name, make('td', '', field.value));
      for (const other of near) {
        const value = other.fields[i] ? other.fields[i].value : '';
        row.append(make('td', value === field.value ? 'near' : 'near other', value));
      }
    });
    return table;
  };
  const drawNear = item => {
    const shown = session.kind === 'row' && item.fields.length ? [] : item.near;
    $('near').replaceChildren(...shown.map(near => {
      const figure = make('figure');
      if (session.kind === 'picture') {
        const frame = make('div', 'frame');
        frame.append(copy(near.id));
        figure.append(frame);
      } else if (near.text) {
        figure.append(make('div', 'words', near.text));
      }
      const caption = make('figcaption');
      caption.append(make('b', '', near.label), near.how);
      if (session.kind !== 'text') caption.title = near.name;
      figure.append(caption);
      return figure;
    }));
  };
  const drawDecision = item => {
    const line = $('decided');
    line.replaceChildren();
    if (!item.mine) return;
    const mine = make('span', 'sign'), others = make('span', 'others');
    mine.append(...saying(item.mine));
    line.append(mine);
    item.others.forEach((o, i) => others.append(i ? ' · ' : '', named(o.reviewer), ': ', ...saying(o)));
    if (item.others.length) line.append(others);
  };
  const drawSingle = item => {
    $('single').hidden = false;
    $('name').textContent = item.name;
    $('name').title = item.name;
    $('given').textContent = item.label;
    $('suggested').textContent = item.suggested || '—';
    $('given-bar').style.width = `${100 * (item.belief || 0)}%`;
    $('suggested-bar').style.width = `${100 * (item.suggestedBelief || 0)}%`;
    $('given-belief').textContent = chance(item.belief);
    $('suggested-belief').textContent = chance(item.suggestedBelief);
    $('chance').textContent = item.wrong === null ? '' : `Chance that the label is wrong: ${chance(item.wrong)}`;
    drawDecision(item);
    drawStage(item);
    drawNear(item);
  };
  const drawGrid = () => {
    const shown = [];
    for (let p = gridFrom; p < Math.min(gridFrom + tiles, session.count); p++) if (items.has(p)) shown.push(items.get(p));
    $('grid').replaceChildren(...shown.map(item => {
      const tile = make('button', 'tile');
      tile.type = 'button';
      tile.dataset.place = item.place;
      tile.tabIndex = item.place === place ? 0 : -1;
      const frame = make('span', session.kind === 'picture' ? 'frame' : 'frame words');
      if (session.kind === 'picture') frame.append(copy(item.id));
      else frame.textContent = item.text || item.fields.slice(0, 7).map(f => `${f.name}: ${f.value}`).join('\n') || item.name;
      const label = make('span', 'says'), to = make('span', 'to'), mark = make('span', 'mark');
      label.append(named(item.label));
      if (item.suggested) { to.append('→ ', named(item.suggested)); label.append(to); }
      label.title = item.suggested ? `${item.label} → ${item.suggested}` : item.label;
      if (item.mine) mark.append(...saying(item.mine));
      tile.append(frame, label, mark);
      tile.addEventListener('focus', () => moveTo(item.place));
      tile.addEventListener('dblclick', () => view(false));
      return tile;
    }));
  };
  const tileOf = p => $('grid').querySelector(`[data-place="${p}"]`);
  const moveTo = p => {
    const before = tileOf(place);
    if (before) before.tabIndex = -1;
    place = p;
    const tile = tileOf(p);
    if (tile) tile.tabIndex = 0;
    drawWhere();
  };
  const drawWhere = () => {
    $('where').textContent = `${count(place + 1)} of ${count(session.count)} · ${some(session.suspects, 'suspect')} · ${session.reviewer}`;
  };
  const bold = (line, parts) => line.replaceChildren(...parts.map((part, i) => i % 2 ? make('b', '', part) : part));
  const drawProgress = p => {
    $('bar').max = Math.max(1, p.suspects);
    $('bar').value = p.suspectsDecided;
    const precision = p.reviewed ? ` (${percent(p.wrong / p.reviewed)})` : '';
    bold($('counts'), ['', count(p.suspectsDecided), ` of ${some(p.suspects, 'suspect')} decided · `, `${count(p.wrong)} of ${count(p.reviewed)}${precision}`,
      ` looked at are wrong${p.unsure ? ` · ${count(p.unsure)} unsure` : ''}${p.disputed ? ` · ${count(p.disputed)} disputed` : ''}`]);
    if (p.total === null) {
      bold($('estimate'), [p.decisionsToHalve === null
        ? 'How many are wrong in all: not estimated, because there are no control items (--controls).'
        : 'How many are wrong in all: known after the first control items.']);
      return;
    }
    // What was found wrong is not 0 %, however many examples there are, and what is right is not nothing.
    const share = n => n > 0 && n / p.examples < 0.0005 ? '< 0.1 %' : n < p.examples && n / p.examples > 0.995 ? '> 99 %'
      : `${(100 * n / p.examples).toFixed(n / p.examples < 0.1 ? 1 : 0)} %`;
    const halve = n => n === 1 ? 'halves this interval' : 'halve this interval';
    const more = !p.controlsToHalve ? '' : p.decisionsToHalve
      ? `; about ${some(p.decisionsToHalve, 'more decision')} (${some(p.controlsToHalve, 'control item')}) ${halve(p.decisionsToHalve)}`
      : `; ${some(p.controlsToHalve, 'more control item')} ${halve(p.controlsToHalve)}`;
    const by = `by ${some(p.controls, 'control item')}`;
    const interval = `${share(p.low)} to ${share(p.high)}`;
    // Of a few control items, or of many that are all right, the interval says all there is to say.
    bold($('estimate'), (p.controls < 30 || !p.controlsWrong) && p.low < p.high
      ? ['Wrong in all: ', interval, `, ${by}${more}`]
      : ['Wrong in all: ', `${count(Math.round(p.total))} of ${count(p.examples)}, ${share(p.total)}`, ` (${interval}, ${by})${more}`]);
    $('estimate').title = $('estimate').textContent;
  };

  // ---- moving ----
  const show = async () => {
    const mine = ++turn;
    const from = isGrid ? gridFrom : place;
    if (isGrid || !items.has(from)) await load(from, isGrid ? tiles : ahead);
    if (mine !== turn) return;
    $('end').hidden = true;
    if (isGrid) {
      drawGrid();
      const tile = tileOf(place) || $('grid').firstElementChild;
      if (tile) tile.focus({ preventScroll: false });
    } else {
      drawSingle(items.get(place));
      drawn = place;
    }
    drawWhere();
    load(from + (isGrid ? tiles : ahead / 2), isGrid ? tiles : ahead).catch(() => {});
  };
  const view = async grid => {
    isGrid = grid;
    gridFrom = Math.floor(place / tiles) * tiles;
    $('grid').hidden = !grid;
    $('single').hidden = grid;
    $('to-grid').setAttribute('aria-pressed', grid);
    await show();
  };
  const go = async to => {
    const bounded = Math.max(0, Math.min(session.count - 1, to));
    if (bounded === place && $('end').hidden) return;
    place = bounded;
    if (isGrid && (place < gridFrom || place >= gridFrom + tiles)) gridFrom = Math.floor(place / tiles) * tiles;
    else if (isGrid && tileOf(place)) { tileOf(place).focus(); return; }
    await show();
  };
  const finish = () => {
    turn++;
    $('single').hidden = $('grid').hidden = true;
    $('end').hidden = false;
  };
  const refresh = async p => {
    items.delete(p);
    await load(p, 1);
  };

  // ---- deciding ----
  const seen = () => (isGrid ? tileOf(place) : drawn === place) ? items.get(place) : undefined; // nobody decides on what is not shown
  const decide = async (decision, label) => {
    if (!$('end').hidden) return;
    const item = seen();
    if (!item) { await show(); return; }
    if (decision === 'change' && !label) { complain('There is no suggested label here; press O for another class.'); return; }
    const answer = await ask('/api/decisions', { id: item.id, decision, label: label || null });
    complain('');
    item.mine = { reviewer: session.reviewer, decision: label === item.label ? 'keep' : decision, newLabel: label === item.label ? null : label || null };
    drawProgress(answer.progress);
    if (isGrid) {
      const tile = tileOf(place);
      if (tile) tile.querySelector('.mark').replaceChildren(...saying(item.mine));
      await go(place + 1);
    } else if (answer.next === null) {
      finish();
    } else {
      await go(answer.next);
    }
    if (answer.progress.disputed) refresh(item.place).catch(() => {});
  };
  const undo = async () => {
    const answer = await ask('/api/undo', {});
    if (answer.place === null) { complain('There is nothing to take back.'); return; }
    complain('');
    await refresh(answer.place);
    drawProgress(answer.progress);
    place = answer.place;
    if (isGrid) gridFrom = Math.floor(place / tiles) * tiles;
    $('end').hidden = true;
    await show();
  };
  const nextOpen = async () => {
    for (let from = place + 1; from < session.count; from += 64) {
      const found = (await ask(`/api/items?from=${from}&count=${Math.min(64, session.count - from)}`)).find(item => !item.mine);
      if (found) { await go(found.place); return; }
    }
    complain('All that follow are decided.');
  };
  const nextDisputed = async () => {
    const places = await ask('/api/disputed');
    if (!places.length) { complain('Reviewers disagree on nothing so far.'); return; }
    const to = places.find(p => p > place) ?? places[0];
    await refresh(to);
    await go(to);
  };

  // ---- another class ----
  let fitting = [], chosen = 0;
  const drawClasses = () => {
    const wanted = $('class-text').value.trim().toLowerCase();
    const rank = name => name.toLowerCase().startsWith(wanted) ? 0 : 1;
    fitting = session.classes.filter(name => name.toLowerCase().includes(wanted)).sort((a, b) => rank(a) - rank(b)).slice(0, 200);
    chosen = Math.max(0, Math.min(chosen, fitting.length - 1));
    $('class-list').replaceChildren(...fitting.map((name, i) => {
      const line = make('li', '', name);
      line.id = `class-${i}`;
      line.setAttribute('role', 'option');
      line.setAttribute('aria-selected', i === chosen);
      line.addEventListener('click', () => take(name));
      return line;
    }));
    const line = $(`class-${chosen}`);
    $('class-text').setAttribute('aria-activedescendant', line ? line.id : '');
    if (line) line.scrollIntoView({ block: 'nearest' });
  };
  const take = name => {
    $('classes').close();
    queue(() => decide('change', name));
  };
  $('class-text').addEventListener('input', () => { chosen = 0; drawClasses(); });
  $('class-text').addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); chosen += step; drawClasses(); }
    if (event.key === 'Enter' && fitting.length) { event.preventDefault(); take(fitting[chosen]); }
  });
  const other = () => {
    if (!seen() || !$('end').hidden) return;
    chosen = 0;
    $('class-text').value = '';
    $('classes').showModal();
    drawClasses();
    $('class-text').focus();
  };

  // ---- keys ----
  const queue = action => {
    work = work.then(action).catch(error => complain(error.message));
    return work;
  };
  const blind = () => {
    const on = document.body.classList.toggle('blind');
    $('to-blind').setAttribute('aria-pressed', on);
  };
  const columns = () => getComputedStyle($('grid')).gridTemplateColumns.split(' ').length;
  const actions = {
    k: () => queue(() => decide('keep')),
    s: () => queue(() => decide('change', seen() && seen().suggested)),
    o: () => queue(other),
    d: () => queue(() => decide('drop')),
    u: () => queue(() => decide('unsure')),
    z: () => queue(undo),
    n: () => queue(nextOpen),
    x: () => queue(nextDisputed),
    g: () => queue(() => view(!isGrid)),
    b: blind,
    e: () => $('export').showModal(),
    '?': () => $('help').showModal(),
    ArrowRight: () => queue(() => go(place + 1)),
    ArrowLeft: () => queue(() => go($('end').hidden ? place - 1 : place)),
    ArrowDown: () => isGrid && queue(() => go(place + columns())),
    ArrowUp: () => isGrid && queue(() => go(place - columns())),
    PageDown: () => isGrid && queue(() => go(gridFrom + tiles)),
    PageUp: () => isGrid && queue(() => go(gridFrom - tiles)),
    Home: () => queue(() => go(0)),
    Enter: () => isGrid && queue(() => view(false)),
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'Enter' && !(isGrid && event.target.classList.contains('tile'))) return; // a button's own
    if (!(key in actions) || (key === 'ArrowDown' || key === 'ArrowUp' || key.startsWith('Page')) && !isGrid) return;
    event.preventDefault();
    const button = document.querySelector(`footer [data-key="${CSS.escape(key)}"]`);
    if (button) {
      button.classList.add('flash');
      setTimeout(() => button.classList.remove('flash'), 120);
    }
    actions[key]();
  });
  for (const button of document.querySelectorAll('footer [data-key]')) {
    button.addEventListener('click', () => actions[button.dataset.key]());
  }
  $('to-grid').addEventListener('click', actions.g);
  $('to-blind').addEventListener('click', actions.b);
  $('to-export').addEventListener('click', actions.e);
  $('to-help').addEventListener('click', actions['?']);
  $('alert').addEventListener('click', () => complain(''));

  // ---- begin ----
  const warn = problem => {
    $('problem').textContent = problem ?? '';
    $('problem').hidden = !problem;
  };
  queue(async () => {
    session = await ask('/api/session');
    $('title').textContent = session.title;
    $('title').title = session.folder;
    document.title = `${session.title} · Review · Rote`;
    document.body.classList.toggle('texts', session.kind === 'text');
    warn(session.problem);
    ask('/api/problem').then(read => warn(read.problem)).catch(() => {}); // large data is read while its examples are decided on
    $('exports').replaceChildren(...session.exports.map(form => {
      const line = make('li');
      const link = form.name === 'links' ? make('div', 'command') : make('a');
      link.append(make('b', '', form.name === 'links' ? 'by the command' : form.file), make('span', '', form.name === 'links'
        ? `${form.words}: rote review … --export links --output FOLDER` : form.words));
      if (form.name !== 'links') {
        link.href = `/api/export/${form.name}`;
        link.download = form.file;
      }
      line.append(link);
      return line;
    }));
    place = session.start;
    drawProgress(session.progress);
    await view(false);
    document.body.dataset.ready = 'yes';
  });
})();
