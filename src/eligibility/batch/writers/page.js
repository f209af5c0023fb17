
"use strict";
// The only script of the page: filters, moving about in the table, and the explanation of one cell. It writes text, never markup,
// and asks nothing of anybody; without it the table is whole.
(() => {
  const byId = (id) => document.getElementById(id);
  const grid = byId("grid"), form = byId("filters"), count = byId("count"), panel = byId("panel");
  const told = JSON.parse(byId("told").content.textContent);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const rows = [...grid.tBodies[0].rows].filter((row) => row.dataset.cells);
  const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", þ: "th", "’": "'" };

  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[øłđðßæœıþ’]/g, (letter) => LETTERS[letter]);
  const fill = (entry, values) => entry.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  // ------------------------------------------------------------------------------- the explanations, unpacked once
  const UNPACKS = "DecompressionStream" in window;
  let unpacking = null;
  const unpacked = () => (unpacking ??= unpack());
  async function unpack() {
    const bytes = Uint8Array.from(atob(byId("packed").content.textContent.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  // ---------------------------------------------------------------------------------------------------- the filters
  const person = byId("f-person"), vacancy = byId("f-vacancy"), outcome = byId("f-outcome"), criterion = byId("f-criterion");
  const names = rows.map((row) => fold(row.cells[0].textContent));
  const codes = rows.map((row) => row.dataset.cells);
  const sheet = document.styleSheets[0];
  let column = "", columnRule = -1;
  const FAIL = 1, UNKNOWN = 2;

  /** The rows whose person fails a criterion, or of whom it is not known. */
  const stopped = (all, offer, asked) => {
    const points = all.points.map(([which, verdict]) => which === asked && (verdict === FAIL || verdict === UNKNOWN));
    return all.people.map((cells) => all.cells[cells[offer]].slice(2).some((point) => points[point]));
  };

  function showColumn(wanted) {
    if (column === wanted || !rows.length) return;
    if (columnRule >= 0) sheet.deleteRule(columnRule);
    column = wanted;
    columnRule = -1;
    grid.style.setProperty("--columns", wanted === "" ? rows[0].cells.length - 1 : 1);
    if (wanted !== "") {
      const rule = `#grid tr > :nth-child(n + 2):not(:nth-child(${Number(wanted) + 2})) { display: none; }`;
      columnRule = sheet.insertRule(rule, sheet.cssRules.length);
    }
  }

  function filter(all) {
    const words = fold(person.value).split(/\s+/).filter(Boolean);
    const [offer, asked] = criterion.value ? criterion.value.split(":").map(Number) : [];
    const stops = asked === undefined || !all ? null : stopped(all, offer, asked);
    const wanted = outcome.value;
    let shown = 0;
    rows.forEach((row, index) => {
      const code = column === "" ? codes[index] : codes[index][column];
      const keep = words.every((word) => names[index].includes(word)) && code.includes(wanted) && (!stops || stops[index]);
      if (row.hidden === keep) row.hidden = !keep;
      if (keep) shown += 1;
    });
    grid.dataset.outcome = wanted;
    const values = { shown: numbers.format(shown), total: numbers.format(rows.length) };
    const kind = plural.select(shown) === "one" ? "one" : "other";
    count.textContent = shown || !rows.length ? fill(told.shown[kind], values) : told.nobody;
    if (!seen(current)) enter(cellsShown()[0]);
  }

  function changed() {
    if (criterion.value) vacancy.value = criterion.value.split(":")[0];
    for (const [index, group] of [...criterion.querySelectorAll("optgroup")].entries()) {
      group.hidden = vacancy.value !== "" && Number(vacancy.value) !== index;
    }
    showColumn(vacancy.value);
    if (criterion.value) unpacked().then(filter, () => filter(null));
    else filter(null);
  }

  person.addEventListener("input", changed);
  outcome.addEventListener("change", changed);
  criterion.addEventListener("change", changed);
  vacancy.addEventListener("change", () => {
    if (criterion.value && criterion.value.split(":")[0] !== vacancy.value) criterion.value = "";
    changed();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-criterion]");
    if (!button) return;
    form.reset();
    criterion.value = button.dataset.criterion;
    changed();
    byId("people").focus();
    byId("people-title").scrollIntoView();
  });

  // ---------------------------------------------------------------------------- moving about: one stop for Tab, then arrows
  let current = null;
  const seen = (cell) => cell !== null && !cell.parentElement.hidden && (column === "" || cell.cellIndex === Number(column) + 1);
  const rowsShown = () => rows.filter((row) => !row.hidden);
  const cellsShown = () => {
    const row = rows.find((one) => !one.hidden);
    return row ? [row.cells[column === "" ? 1 : Number(column) + 1]] : [];
  };
  function enter(cell, focus = false) {
    if (current) current.tabIndex = -1;
    current = cell ?? null;
    if (!current) return;
    current.tabIndex = 0;
    if (focus) current.focus();
  }
  function move(down, right) {
    const shown = rowsShown(), at = shown.indexOf(current.parentElement), last = current.parentElement.cells.length - 1;
    const row = shown[Math.min(Math.max(at + down, 0), shown.length - 1)];
    const place = column === "" ? Math.min(Math.max(current.cellIndex + right, 1), last) : current.cellIndex;
    enter(row.cells[place], true);
  }
  grid.addEventListener("keydown", (event) => {
    if (!event.target.matches("td") || event.altKey || event.metaKey) return;
    const far = 1e9, away = event.ctrlKey ? far : 0;
    const moves = {
      ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
      PageDown: [10, 0], PageUp: [-10, 0], Home: [-away, -far], End: [away, far],
    };
    if (event.key in moves) move(...moves[event.key]);
    else if (event.key === "Enter" || event.key === " ") explain(event.target);
    else return;
    event.preventDefault();
  });
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (cell && cell.parentElement.dataset.cells) explain(cell);
  });

  // ------------------------------------------------------------------------------------------ the explanation of one cell
  const VERDICTS = ["pass", "fail", "unknown", "not_applicable"], ORDER = [1, 2, 0, 3];
  const KEYS = "emnc";
  const title = element("h2", { id: "panel-title", tabIndex: -1 });
  const head = element("div");
  const body = element("div");
  const button = (text, label, action) => {
    const made = element("button", { type: "button", textContent: text });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", action);
    return made;
  };
  const previous = button(`↑ ${told.previous}`, told.previous, () => step(-1));
  const next = button(`↓ ${told.next}`, told.next, () => step(1));
  const leave = () => {
    panel.close();
    current?.focus();
  };
  const close = button("✕", told.close, leave);
  head.setAttribute("aria-live", "polite");
  panel.append(element("div", { className: "tools" }, previous, next, close), head, body);
  panel.addEventListener("click", (event) => event.target === panel && leave());
  panel.addEventListener("close", () => current?.focus());

  function step(down) {
    move(down, 0);
    draw();
  }

  async function explain(cell) {
    enter(cell);
    await draw();
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
    title.focus();
  }

  async function draw() {
    const cell = current, shown = rowsShown(), at = shown.indexOf(cell.parentElement);
    previous.disabled = at <= 0;
    next.disabled = at >= shown.length - 1;
    const name = cell.parentElement.cells[0].querySelector("bdi").textContent;
    title.replaceChildren(element("bdi", { textContent: name }));
    let all;
    try {
      all = await unpacked();
    } catch {
      head.replaceChildren(title);
      body.replaceChildren(element("p", { textContent: told.old }));
      return;
    }
    const place = cell.cellIndex - 1, offer = all.offers[place];
    const number = all.people[rows.indexOf(cell.parentElement)][place], option = all.options[number];
    const [result, , ...points] = all.cells[number];
    const key = cell.className, closed = key === "c";
    const tile = element("span", { className: `tile ${key}`, textContent: cell.firstChild.data.trim() });
    tile.setAttribute("aria-hidden", "true");
    head.replaceChildren(
      title,
      ...[offer.title, offer.organisation].filter(Boolean).map((line) => element("p", { className: "of", textContent: line })),
      element("p", { className: "result" }, tile, " ", element("b", { textContent: `${told.outcomes[KEYS.indexOf(key)]}${option ? ` (${option})` : ""}` }), closed ? ` · ${offer.closed_but[result]}` : ""),
    );
    const found = points.map((index) => all.points[index]);
    const text = (index) => all.strings[index];
    const list = (chosen) => element("ul", { className: "points" }, ...chosen.map((point) => item(point, offer, text)));
    const required = found.filter((point) => point[2]), assets = found.filter((point) => !point[2]);
    const parts = [element("p", { textContent: offer.deadline })];
    for (const verdict of ORDER) {
      const chosen = required.filter((point) => point[1] === verdict);
      if (chosen.length) parts.push(list(chosen));
    }
    if (assets.length) parts.push(element("h3", { textContent: told.assets }), list(assets));
    if (offer.judged.length) {
      const judged = offer.judged.map(([label, clause]) =>
        element("li", {}, label, ...(clause ? [" ", element("small", { textContent: clause })] : [])));
      parts.push(element("h3", { textContent: told.judged }), element("ul", { className: "judged" }, ...judged));
    }
    if (offer.contact) parts.push(element("p", { className: "of", textContent: fill(told.contact, { contact: offer.contact }) }));
    body.replaceChildren(...parts);
  }

  function item([which, verdict, , reason, gap, ...missing], offer, text) {
    const [label, clause] = offer.criteria[which];
    const more = [];
    if (missing.length) more.push(fill(told.missing, { paths: missing.map(text).join(", ") }));
    if (gap >= 0) more.push(fill(told.gap, { gap: text(gap) }));
    if (clause) more.push(fill(told.clause, { clause }));
    return element(
      "li",
      { className: `v-${VERDICTS[verdict]}` },
      element("p", { className: "said" }, element("span", { className: "verdict", textContent: told.verdicts[verdict] }), " ", element("b", { textContent: label })),
      ...(reason >= 0 ? [element("p", { textContent: text(reason) })] : []),
      ...(more.length ? [element("p", { className: "more" }, ...more.map((line) => element("span", { textContent: line })))] : []),
    );
  }

  // ------------------------------------------------------------------------------------------------------------ begin
  if (rows.length && rows[0].cells.length > 1) {
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-readonly", "true");
    grid.setAttribute("aria-describedby", "keys");
    byId("keys").hidden = false;
    for (const one of document.querySelectorAll("button[data-criterion]")) one.hidden = !UNPACKS;
    enter(rows[0].cells[1]);
  }
  criterion.parentElement.hidden = !UNPACKS;
  form.hidden = false;
  changed();
  window.addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(() => unpacked().catch(() => {})));
})();
