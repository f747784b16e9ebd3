
// The page of runs: it asks for what has changed and shows it. It never asks for anything to be done.
const Most = 8, Batch = 100, Auto = 4;
const States = ["training", "elsewhere", "waiting", "finished", "failed", "interrupted", "damaged"];
const Titles = {
  testAccuracy: "Test accuracy, %", trainAccuracy: "Training accuracy, %", runningAccuracy: "Accuracy while trained on, %",
  heldOutAccuracy: "Held-out accuracy, %", runningLoss: "Training loss, nats", memorization: "Memorization m, % of canaries",
  memorizedShare: "Wrong labels fitted, %", recoveredShare: "Wrong labels seen through, %", cleanAccuracy: "Accuracy on clean labels, %",
  learningRate: "Learning rate",
};
const $ = id => document.getElementById(id);
const items = new Map(), rows = new Map(), histories = new Map(), chosen = new Set(), states = new Set();
let about = { root: "", curves: [] }, version = "0", shown = Batch, isComplete = false, isAsked = false, pickedCurve = false, compared = "";

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

async function ask(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `${answer.status}`);
  return answer.json();
}

const percent = value => value === undefined ? "–" : `${(value * 100).toFixed(1)} %`;
const runs = () => [...items.values()].filter(item => item.kind === "run");
const query = (name, value) => `${name}=${encodeURIComponent(value)}`;

function ago(seconds) {
  if (seconds === undefined) return "–";
  const s = Math.max(0, Math.round(Date.now() / 1000 - seconds));
  return s < 60 ? `${s} s ago` : s < 3600 ? `${Math.floor(s / 60)} min ago` : s < 86400 ? `${Math.floor(s / 3600)} h ago` : `${Math.floor(s / 86400)} days ago`;
}

// What there is

function take(changes) {
  if (changes.isAnew) items.clear();
  for (const item of changes.items) items.set(item.id, item);
  for (const id of changes.gone) { items.delete(id); histories.delete(id); chosen.delete(id); }
  if (!changes.hasMore) for (const id of [...chosen]) if (!items.has(id)) chosen.delete(id);
  if (changes.problems) {
    $("problems").replaceChildren(...changes.problems.map(p => make("li", { textContent: p })));
    $("problems").hidden = changes.problems.length === 0;
  }
  version = changes.version;
  isComplete = changes.isComplete;
  soon();
}

/** However many changes come, the page is drawn once a frame. */
function soon() {
  if (isAsked) return;
  isAsked = true;
  setTimeout(() => { isAsked = false; show(); }, 30);
}

function matches(item) {
  const words = $("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const text = [item.id, item.state, item.data, item.network, item.corruption, item.control, item.host].join(" ").toLowerCase();
  return (states.size === 0 || states.has(item.state)) && words.every(word => text.includes(word));
}

function ordered(found) {
  const by = $("order").value, last = -Infinity;
  return by === "name" ? found.sort((a, b) => a.id < b.id ? -1 : 1)
    : found.sort((a, b) => (b[by] ?? last) - (a[by] ?? last) || (a.id < b.id ? -1 : 1));
}

function show() {
  const all = runs(), found = ordered(all.filter(matches));
  showStates(all);
  const body = document.querySelector("#list tbody"), part = found.slice(0, shown), keep = new Set(part.map(item => item.id));
  for (const id of rows.keys()) if (!keep.has(id)) rows.delete(id);
  const elements = part.map(row);
  // Only what moved is moved: the one that has the focus keeps it.
  elements.forEach((element, i) => { if (body.children[i] !== element) body.insertBefore(element, body.children[i] ?? null); });
  while (body.children.length > elements.length) body.lastChild.remove();
  $("list").hidden = found.length === 0;
  $("none").hidden = found.length > 0;
  $("none").textContent = !isComplete ? "Reading the folder …" : all.length === 0 ? "There are no runs in this folder yet; they appear here when training begins." : "No run fits.";
  $("more").hidden = found.length <= shown;
  $("more").textContent = `Show more (${found.length - shown} left)`;
  $("runs-title").textContent = all.length === 0 ? "Runs" : `${found.length === all.length ? all.length : `${found.length} of ${all.length}`} run${all.length === 1 ? "" : "s"}`;
  for (const [id, kind] of [["sets", "set"], ["audits", "audit"], ["frontiers", "frontier"], ["pages", "page"]]) cards(id, kind);
  showCurves();
  document.body.dataset.ready = isComplete ? "yes" : "";
}

function showStates(all) {
  const box = $("states"), counts = new Map();
  for (const item of all) counts.set(item.state, (counts.get(item.state) ?? 0) + 1);
  for (const state of States) {
    let button = box.querySelector(`[data-state="${state}"]`);
    if (!button) {
      button = make("button", { type: "button" });
      button.dataset.state = state;
      button.addEventListener("click", () => { states.has(state) ? states.delete(state) : states.add(state); soon(); });
      box.append(button);
    }
    button.hidden = !counts.has(state) && !states.has(state);
    button.textContent = `${state} ${counts.get(state) ?? 0}`;
    button.setAttribute("aria-pressed", states.has(state));
  }
}

// A run in the list

function row(item) {
  let known = rows.get(item.id);
  if (!known) {
    const tick = make("input", { type: "checkbox" }), cells = Array.from({ length: 8 }, () => make("td"));
    tick.setAttribute("aria-label", `Compare ${item.name}`);
    tick.addEventListener("change", () => choose(item.id, tick));
    cells[0].append(tick);
    known = { element: make("tr", {}, ...cells), cells, tick };
    ["Epochs", "Training", "Test"].forEach((name, i) => { cells[i + 3].dataset.name = name; });
    cells[4].className = cells[5].className = "n";
    rows.set(item.id, known);
  }
  known.tick.checked = chosen.has(item.id);
  known.tick.disabled = item.id.includes("#");
  known.cells[7].textContent = ago(item.updated);
  const links = pagesOf(item.id);
  if (known.item === item && known.links === links.length) return known.element;
  [known.item, known.links] = [item, links.length];
  const cells = known.cells;
  const what = [item.data, item.network, item.corruption, item.control, item.seed === undefined ? undefined : `seed ${item.seed}`].filter(Boolean).join(" · ");
  cells[1].replaceChildren(make("span", { className: "name", textContent: item.place ? `${item.place}/${item.name}` : item.name }), make("span", { className: "what", textContent: what }));
  if (item.note) cells[1].append(make("span", { className: "note", textContent: item.note }));
  if (links.length > 0) cells[1].append(make("span", { className: "links" }, ...links.map(link)));
  cells[2].replaceChildren(make("span", { className: `state ${item.state}`, textContent: item.state }));
  if (item.host) cells[2].append(make("span", { className: "what", textContent: `on ${item.host}` }));
  cells[3].textContent = item.epochs === undefined ? `${item.epoch ?? "–"}` : `${item.epoch ?? 0} of ${item.epochs}`;
  if (item.epochs && item.state !== "finished") cells[3].append(make("progress", { max: item.epochs, value: item.epoch ?? 0, ariaLabel: "epochs" }));
  cells[4].textContent = percent(item.train);
  cells[5].textContent = percent(item.test);
  cells[6].replaceChildren();
  if (item.memorization !== undefined || item.asked !== undefined)
    cells[6].append(gauge(item), make("span", { className: "what", textContent: dialWords(item) }));
  return known.element;
}

const dialWords = item => `${item.memorization === undefined ? "not read" : `m ${item.memorization.toFixed(2)}`}${item.asked === undefined ? "" : `, asked ${item.asked}`}`;
const link = page => make("a", { href: `/page?${query("path", page.id)}`, target: "_blank", rel: "noopener", textContent: page.name });

let owned = { version: "", pages: new Map() };
function pagesOf(id) {
  if (owned.version !== version) {
    owned = { version, pages: new Map() };
    for (const item of items.values())
      if (item.owner !== undefined) owned.pages.set(item.owner, [...(owned.pages.get(item.owner) ?? []), item]);
  }
  return owned.pages.get(id) ?? [];
}

// Sets, audits, frontiers, pages

function cards(id, kind) {
  const found = [...items.values()].filter(item => item.kind === kind && item.owner === undefined).sort((a, b) => (b.updated ?? 0) - (a.updated ?? 0) || (a.id < b.id ? -1 : 1));
  const section = $(id), list = section.querySelector("ul"), key = JSON.stringify([found, found.map(item => pagesOf(item.id).length)]);
  section.hidden = found.length === 0;
  if (section.dataset.key === key) return;
  section.dataset.key = key;
  list.replaceChildren(...found.map(card));
}

function card(item) {
  const isPage = item.kind === "page" || item.kind === "frontier";
  const box = make("li", {}, make("div", { className: "name" }, isPage ? link(item) : item.name));
  if (item.state) box.append(make("span", { className: `state ${item.state}`, textContent: item.state }));
  box.append(make("span", { className: "what", textContent: isPage ? item.id : item.place || "." }));
  if (item.kind === "set") {
    box.append(make("span", { className: "what", textContent: `${item.finished} of ${item.total} finished, ${item.training} training, ${item.failed} failed` }));
    box.append(make("progress", { max: item.total || 1, value: item.finished, ariaLabel: "runs finished" }));
  }
  if (item.note) box.append(make("span", { className: item.state === "damaged" ? "note" : "what", textContent: item.note }));
  const pages = pagesOf(item.id);
  if (pages.length > 0) box.append(make("span", { className: "links" }, ...pages.map(link)));
  return box;
}

// Curves

function choose(id, tick) {
  if (tick.checked && chosen.size >= Most) {
    tick.checked = false;
    $("curves-note").textContent = `At most ${Most} runs are compared; take one away first.`;
    return;
  }
  tick.checked ? chosen.add(id) : chosen.delete(id);
  soon();
}

/** What was chosen; else what trains and changed last. */
function drawn() {
  return chosen.size > 0 ? [...chosen].map(id => items.get(id)).filter(Boolean)
    : runs().filter(item => item.state === "training" || item.state === "elsewhere").sort((a, b) => (b.updated ?? 0) - (a.updated ?? 0) || (a.id < b.id ? -1 : 1)).slice(0, Auto).sort((a, b) => a.id < b.id ? -1 : 1);
}

async function follow(item) {
  const known = histories.get(item.id) ?? { offset: 0, rows: [], busy: false, seen: undefined };
  histories.set(item.id, known);
  const key = `${item.epoch} ${item.updated} ${item.state}`;
  if (known.busy || known.seen === key) return;
  known.busy = true;
  try {
    for (let more = true; more;) {
      const chunk = await ask(`/api/curves?${query("run", item.id)}&offset=${known.offset}`);
      if (chunk.isAnew) known.rows = [];
      known.rows.push(...chunk.rows);
      [known.offset, more, known.problem] = [chunk.next, chunk.hasMore, undefined];
    }
    known.seen = key;
  } catch (error) {
    known.problem = error.message;
    known.seen = key;
  }
  known.busy = false;
  soon();
}

function showCurves() {
  const now = drawn();
  $("curves").hidden = now.length === 0;
  $("clear").hidden = chosen.size === 0;
  for (const id of histories.keys()) if (!now.some(item => item.id === id)) histories.delete(id);
  if (now.length === 0) return;
  now.forEach(follow);
  const select = $("curve"), points = (item, name) => {
    const at = about.curves.indexOf(name) + 1;
    return (histories.get(item.id)?.rows ?? []).filter(r => typeof r[at] === "number").map(r => [r[0], r[at]]);
  };
  // Where nobody has chosen: the first that is a line and not a point, as test accuracy under the dial is.
  const isLine = name => now.some(item => points(item, name).length > 1);
  if (!pickedCurve && !isLine(select.value)) select.value = about.curves.find(isLine) ?? select.value;
  const share = !["runningLoss", "learningRate"].includes(select.value);
  const lines = now.map((item, i) => ({
    item, style: `s${i % 5}${i >= 5 ? " dashed" : ""}`,
    points: points(item, select.value),
    target: select.value === "memorization" ? item.asked : undefined,
  }));
  draw($("chart"), lines, share);
  const last = line => line.points.length === 0 ? "not measured" : share ? percent(line.points.at(-1)[1]) : line.points.at(-1)[1].toPrecision(3);
  $("chart-words").textContent = `${Titles[select.value] ?? select.value} by epoch${select.value === "memorization" ? "; dotted: what was asked for" : ""}.`;
  $("curves-note").textContent = chosen.size > 0 ? "" : "What trains now. Tick runs below to compare them instead.";
  $("curves-title").textContent = chosen.size > 1 ? `Comparison of ${chosen.size} runs` : "Curves";
  $("legend").replaceChildren(...lines.map(line => {
    const sample = svg("svg", { viewBox: "0 0 32 12", "aria-hidden": "true" });
    sample.append(svg("line", { class: line.style, x1: 0, x2: 32, y1: 6, y2: 6 }));
    return make("li", {}, sample, make("span", { textContent: line.item.name }), make("b", { textContent: histories.get(line.item.id)?.problem ?? last(line) }));
  }));
  $("dials").replaceChildren(...now.filter(item => item.asked !== undefined || item.memorization !== undefined).map(item =>
    make("figure", {}, gauge(item), make("figcaption", { textContent: `${item.name}: ${dialWords(item)}` }))));
  compare(now);
}

async function compare(now) {
  const ids = chosen.size > 1 ? now.map(item => item.id) : [], key = ids.join("\n");
  if (key === compared) return;
  compared = key;
  $("differences").hidden = ids.length < 2;
  if (ids.length < 2) return;
  const table = $("differences").querySelector("table");
  try {
    const found = await ask(`/api/compare?${ids.map(id => query("run", id)).join("&")}`);
    if (key !== compared) return;
    table.tHead.replaceChildren(make("tr", {}, make("th", { textContent: "Member", scope: "col" }), ...now.map(item => make("th", { textContent: item.name, scope: "col" }))));
    table.tBodies[0].replaceChildren(...found.map(line => make("tr", {}, make("th", { textContent: line.path, scope: "row" }), ...line.values.map(value => make("td", { textContent: value ?? "–" })))));
  } catch (error) {
    table.tBodies[0].replaceChildren(make("tr", {}, make("td", { textContent: error.message })));
  }
}

// The line to the program

function listen() {
  const source = new EventSource(`/api/events?since=${version}`);
  source.addEventListener("open", () => { $("link").className = "live"; $("link").textContent = "live"; });
  source.addEventListener("message", event => take(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    $("link").className = "lost";
    $("link").textContent = source.readyState === EventSource.CLOSED
      ? "“rote serve” does not answer any more; start it again and open its new address." : "not connected, trying again …";
  });
}

async function begin() {
  for (const id of ["find", "order"]) $(id).addEventListener("input", () => { shown = Batch; soon(); });
  $("more").addEventListener("click", () => { shown += Batch; soon(); });
  $("clear").addEventListener("click", () => { chosen.clear(); $("find").focus(); soon(); });
  $("curve").addEventListener("input", () => { pickedCurve = true; soon(); });
  addEventListener("resize", soon);
  addEventListener("keydown", event => {
    if (event.key === "/" && !(document.activeElement instanceof HTMLInputElement)) { event.preventDefault(); $("find").focus(); }
  });
  setInterval(() => rows.forEach(known => { known.cells[7].textContent = ago(known.item?.updated); }), 5000);
  try {
    about = await ask("/api/about");
    $("folder").textContent = about.root;
    $("curve").replaceChildren(...about.curves.map(name => make("option", { value: name, textContent: Titles[name] ?? name })));
    for (let more = true; more;) {
      const changes = await ask(`/api/items?since=${version}`);
      take(changes);
      more = changes.hasMore;
    }
    listen();
  } catch (error) {
    $("link").className = "lost";
    $("link").textContent = error.message;
  }
}

begin();
