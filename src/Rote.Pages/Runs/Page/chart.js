"use strict";

// Draws lines into an SVG element, by its own elements only: no text of a file ever becomes markup.
const SVG = "http://www.w3.org/2000/svg";
const MostPoints = 800;

function svg(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Steps of 1, 2 or 5 times a power of ten, at most so many. */
function ticks(low, high, most) {
  const span = high - low || 1, power = 10 ** Math.floor(Math.log10(span / most));
  const step = [1, 2, 5, 10].map(k => k * power).find(s => span / s <= most);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * span; k++) found.push(k * step);
  return found;
}

/** Every point of few; of many the first, the last and every so many. */
function thinned(points) {
  const every = Math.ceil(points.length / MostPoints);
  return every <= 1 ? points : points.filter((_, i) => i % every === 0 || i === points.length - 1);
}

/** lines: [{ points: [[x, y]], style, target }]; share: whether y is a share from 0 to 1. */
function draw(chart, lines, share) {
  const box = chart.getBoundingClientRect(), [width, height] = [Math.max(box.width, 120), Math.max(box.height, 100)];
  const all = lines.flatMap(line => line.points), [left, right, top, bottom] = [46, width - 12, 10, height - 34];
  const xs = all.map(p => p[0]), ys = all.map(p => p[1]);
  const bound = (values, start, pick) => values.reduce((a, b) => pick(a, b), start);
  const x1 = Math.max(1, bound(xs, 0, Math.max)), y0 = share ? 0 : bound(ys, 0, Math.min), y1 = share ? 1 : bound(ys, 0, Math.max) || 1;
  const X = x => left + (x / x1) * (right - left), Y = y => bottom - ((y - y0) / (y1 - y0)) * (bottom - top);
  const parts = [];
  for (const y of ticks(y0, y1, Math.max(2, Math.floor((bottom - top) / 45)))) {
    parts.push(svg("line", { class: "axis", x1: left, x2: right, y1: Y(y), y2: Y(y) }));
    parts.push(svg("text", { x: left - 6, y: Y(y) + 4, "text-anchor": "end" }, share ? `${Math.round(y * 100)}` : `${+y.toPrecision(3)}`));
  }
  for (const x of ticks(0, x1, Math.max(2, Math.floor((right - left) / 70))).filter(Number.isInteger))
    parts.push(svg("text", { x: X(x), y: bottom + 18, "text-anchor": "middle" }, `${x}`));
  parts.push(svg("text", { x: right, y: bottom + 32, "text-anchor": "end" }, "epoch"));
  for (const line of lines) {
    const at = thinned(line.points).map(([x, y]) => [X(x).toFixed(1), Y(y).toFixed(1)]);
    if (line.target !== undefined)
      parts.push(svg("line", { class: `target ${line.style}`, x1: left, x2: right, y1: Y(line.target), y2: Y(line.target) }));
    if (at.length > 1) parts.push(svg("path", { class: line.style, d: "M" + at.map(p => p.join(" ")).join("L") }));
    if (at.length > 0) parts.push(svg("circle", { class: line.style, cx: at.at(-1)[0], cy: at.at(-1)[1], r: 3.5 }));
  }
  chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
  chart.replaceChildren(...parts);
}

/** Memorization from 0 to 1: its value, its interval where there is one, and a stroke at what was asked for. */
function gauge(item) {
  const [m, at] = [item.memorization, value => Math.min(1, Math.max(0, value)) * 100];
  const element = svg("svg", { class: "gauge", viewBox: "0 0 100 14", preserveAspectRatio: "none", role: "img" });
  const words = `memorization ${m === undefined ? "not read yet" : m.toFixed(2)}${item.low === undefined ? "" : ` (${item.low.toFixed(2)} to ${item.high.toFixed(2)})`}${item.asked === undefined ? "" : `, ${item.asked} asked for`}`;
  element.append(svg("title", {}, words), svg("rect", { class: "track", x: 0, y: 4, width: 100, height: 6 }));
  if (m !== undefined) element.append(svg("rect", { class: "value", x: 0, y: 4, width: at(m), height: 6 }));
  if (item.low !== undefined) element.append(svg("rect", { class: "interval", x: at(item.low), y: 1, width: Math.max(1, at(item.high) - at(item.low)), height: 12 }));
  if (item.asked !== undefined) element.append(svg("line", { class: "asked", x1: at(item.asked), x2: at(item.asked), y1: 0, y2: 14, "vector-effect": "non-scaling-stroke" }));
  return element;
}
