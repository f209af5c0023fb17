
"use strict";
// The only script of the page: filters, moving about in the table, the explanation of one cell, the card of a person, and the list one
// sees to take away. It writes text, never markup, and asks nothing of anybody; without it the table is whole.
(() => {
  const byId = (id) => document.getElementById(id);
  const grid = byId("grid"), form = byId("filters"), count = byId("count"), panel = byId("panel");
  const told = JSON.parse(byId("told").content.textContent);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const rows = [...grid.tBodies[0].rows].filter((row) => row.dataset.cells);
  const headers = JSON.parse(byId("headers").content.textContent);
  const collator = new Intl.Collator(document.documentElement.lang);
  const nameOf = (row) => row.cells[0].querySelector("bdi").textContent;
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
  const sort = byId("f-sort"), closed = byId("f-closed"), moved = byId("f-changed");
  const number = new Map(rows.map((row, index) => [row, index]));
  const names = rows.map((row) => fold([...row.cells[0].querySelectorAll("bdi")].map((one) => one.textContent).join(" ")));
  const codes = rows.map((row) => row.dataset.cells);
  /** By row, the vacancies whose answer is another one than before. */
  const changes = moved ? rows.map((row) => [...row.cells].flatMap((cell, place) => ("was" in cell.dataset ? [String(place - 1)] : []))) : [];
  const sheet = document.styleSheets[0];
  let remembering = 0, column = "", columnRule = -1, shown = rows, order = rows, sorted = "";
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
    grid.classList.toggle("one", wanted !== "");
    if (wanted === "") grid.style.removeProperty("--columns");
    else {
      grid.style.setProperty("--columns", 1);
      const rule = `#grid tr > :nth-child(n + 2):not(:nth-child(${Number(wanted) + 2})) { display: none; }`;
      columnRule = sheet.insertRule(rule, sheet.cssRules.length);
    }
  }

  /** People in another order; those who are equal stay as they were, the nearest first. */
  function arrange() {
    if (sorted === sort.value) return;
    sorted = sort.value;
    const by = {
      due: (one, other) => one.dataset.due - other.dataset.due,
      name: (one, other) => collator.compare(nameOf(one), nameOf(other)),
      input: (one, other) => one.dataset.at - other.dataset.at,
    }[sorted];
    order = by ? [...rows].sort(by) : rows;
    grid.tBodies[0].append(...order);
  }

  function filter(all) {
    const words = fold(person.value).split(/\s+/).filter(Boolean);
    const [offer, asked] = criterion.value ? criterion.value.split(":").map(Number) : [];
    const stops = asked === undefined || !all ? null : stopped(all, offer, asked);
    const wanted = outcome.value;
    arrange();
    shown = order.filter((row) => {
      const index = number.get(row), code = column === "" ? codes[index] : codes[index][column];
      const other = !moved?.checked || (column === "" ? changes[index].length > 0 : changes[index].includes(column));
      const keep = words.every((word) => names[index].includes(word)) && code.includes(wanted) && (!stops || stops[index]) && other;
      if (row.hidden === keep) row.hidden = !keep;
      return keep;
    });
    grid.dataset.outcome = wanted;
    const values = { shown: numbers.format(shown.length), total: numbers.format(rows.length) };
    const kind = plural.select(shown.length) === "one" ? "one" : "other";
    count.textContent = shown.length || !rows.length ? fill(told.shown[kind], values) : told.nobody;
    if (!seen(current)) enter(shown[0]?.cells[columnsShown()[1] ?? 0]);
  }

  function changed() {
    if (criterion.value) vacancy.value = criterion.value.split(":")[0];
    if (outcome.value === "c" && closed) closed.checked = true;
    for (const [index, group] of [...criterion.querySelectorAll("optgroup")].entries()) {
      group.hidden = vacancy.value !== "" && Number(vacancy.value) !== index;
    }
    showColumn(vacancy.value);
    clearTimeout(remembering);
    remembering = setTimeout(remember, 200);  // browsers refuse an address that changes with every letter
    if (criterion.value) return unpacked().then(filter, () => filter(null));
    filter(null);
  }

  // ------------------------------------------------------------------------- what is looked at stands in the address
  const closedFirst = closed?.checked;
  const id = (value) => (value === "" ? "" : headers[Number(value)].id);
  function remember() {
    const [offer, asked] = criterion.value ? criterion.value.split(":") : [];
    const wanted = {
      person: person.value, vacancy: id(vacancy.value), outcome: outcome.value, sort: sort.value,
      criterion: asked === undefined ? "" : headers[offer].criteria[asked],
      changed: moved?.checked ? "1" : "",
      closed: closed && closed.checked !== closedFirst ? String(Number(closed.checked)) : "",
    };
    const said = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ""));
    const hash = said.size ? `#?${said}` : "";
    if (hash || location.hash.startsWith("#?")) history.replaceState(null, "", hash || location.pathname);
  }
  function recall() {
    if (!location.hash.startsWith("#?")) return;
    const said = new URLSearchParams(location.hash.slice(2));
    const put = (field, value) => {
      if (value !== null && [...field.options].some((one) => one.value === value)) field.value = value;
    };
    person.value = said.get("person") ?? "";
    put(outcome, said.get("outcome"));
    put(sort, said.get("sort"));
    const offer = headers.findIndex((one) => one.id === said.get("vacancy"));
    if (offer >= 0) {
      vacancy.value = String(offer);
      const asked = headers[offer].criteria.indexOf(said.get("criterion"));
      if (asked >= 0 && UNPACKS) criterion.value = `${offer}:${asked}`;
    }
    if (moved) moved.checked = said.get("changed") === "1";
    if (closed && said.has("closed")) closed.checked = said.get("closed") === "1";
  }

  person.addEventListener("input", changed);
  outcome.addEventListener("change", changed);
  criterion.addEventListener("change", changed);
  sort.addEventListener("change", changed);
  closed?.addEventListener("change", changed);
  moved?.addEventListener("change", changed);
  vacancy.addEventListener("change", () => {
    if (criterion.value && criterion.value.split(":")[0] !== vacancy.value) criterion.value = "";
    changed();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  window.addEventListener("hashchange", () => {
    if (!location.hash.startsWith("#?")) return;
    form.reset();
    recall();
    changed();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-criterion]");
    if (!button) return;
    form.reset();
    criterion.value = button.dataset.criterion;
    changed();
    byId("people").focus();
    byId("people-title").scrollIntoView();
  });

  // ------------------------------------------------------------------------------------- the list one sees, to take away
  /** The people and columns that are shown: words as in the table; what to do next, of the vacancy that is chosen or the nearest one. */
  async function list() {
    const all = await unpacked().catch(() => null), text = (index) => (index >= 0 ? all.strings[index] : "");
    const places = columnsShown().slice(1);
    const titles = places.map((place) => headers[place - 1].title);
    const lines = shown.map((row) => {
      const index = number.get(row), bdi = row.cells[0].querySelectorAll("bdi");
      let step = row.querySelector(".do")?.textContent ?? "", ask = all ? text(all.asks[index]) : "";
      if (column !== "" && all) [step, ask] = all.steps[all.people[index][column]].map(text);
      const words = places.map((place) => [...row.cells[place].querySelectorAll("small")].map((one) => one.textContent).join(", "));
      return [bdi[0].textContent, (bdi[1] ?? bdi[0]).textContent, step, ask, ...words];
    });
    return [[told.person, told.id, told.step, told.ask, ...titles], ...lines];
  }
  const announce = (entry, amount) => {
    count.textContent = fill(entry[plural.select(amount) === "one" ? "one" : "other"], { number: numbers.format(amount) });
  };
  byId("copy").addEventListener("click", async () => {
    const lines = await list(), text = lines.map((line) => line.map((one) => one.replace(/\s+/g, " ")).join("\t")).join("\n");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = element("textarea", { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    announce(told.copied, lines.length - 1);
  });
  const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;
  byId("save").addEventListener("click", async () => {
    const quoted = (one) => `"${(FORMULA.test(one) ? `'${one}` : one).replaceAll('"', '""')}"`;
    const lines = await list(), text = lines.map((line) => line.map(quoted).join(told.delimiter)).join("\r\n");
    const address = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }));
    element("a", { href: address, download: told.file }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    announce(told.saved, lines.length - 1);
  });

  // ---------------------------------------------------------------------------- moving about: one stop for Tab, then arrows
  let current = null;
  const isFolded = (index) => headers[index].shut && closed && !closed.checked;
  /** The places of the cells that are seen in a row: the name, then the vacancies. */
  const columnsShown = () =>
    column === "" ? [0, ...headers.map((_, index) => index + 1).filter((place) => !isFolded(place - 1))] : [0, Number(column) + 1];
  const seen = (cell) => cell !== null && !cell.parentElement.hidden && columnsShown().includes(cell.cellIndex);
  function enter(cell, focus = false) {
    if (current) current.tabIndex = -1;
    current = cell ?? null;
    if (!current) return;
    current.tabIndex = 0;
    if (focus) current.focus();
  }
  function move(down, right) {
    const at = shown.indexOf(current.parentElement), places = columnsShown();
    const row = shown[Math.min(Math.max(at + down, 0), shown.length - 1)];
    const place = Math.min(Math.max(places.indexOf(current.cellIndex) + right, 0), places.length - 1);
    enter(row.cells[places[place]], true);
  }
  grid.addEventListener("keydown", (event) => {
    if (!event.target.matches("tbody :is(td, th)") || event.altKey || event.metaKey) return;
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
    const cell = event.target.closest("tbody :is(td, th)");
    if (cell && cell.parentElement.dataset.cells) explain(cell);
  });

  // ------------------------------------------------------------------- the explanation of one cell, and the card of a person
  const VERDICTS = ["pass", "fail", "unknown", "not_applicable"], ORDER = [1, 2, 0, 3];
  const KEYS = "emnc";
  const title = element("h2", { id: "panel-title", tabIndex: -1 });
  const head = element("div");
  const body = element("div");
  const button = (text, label, action) => {
    const made = element("button", { type: "button", textContent: text });
    if (label !== text) made.setAttribute("aria-label", label);
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

  /** Another cell of the same person, from inside the panel. */
  const turn = (place) => explain(current.parentElement.cells[place]);

  async function draw() {
    const row = current.parentElement, at = shown.indexOf(row);
    previous.disabled = at <= 0;
    next.disabled = at >= shown.length - 1;
    title.replaceChildren(element("bdi", { textContent: nameOf(row) }));
    let all;
    try {
      all = await unpacked();
    } catch {
      head.replaceChildren(title);
      body.replaceChildren(element("p", { textContent: told.old }));
      return;
    }
    if (current.cellIndex) drawCell(all, row, current.cellIndex - 1);
    else drawCard(all, row);
  }

  const line = (text, className = "") => element("p", { className, textContent: text });
  const labelled = (label, text) => element("p", {}, element("b", { textContent: label }), " ", text);
  const tile = (cell) => {
    const made = element("span", { className: `tile ${cell.className}`, textContent: cell.firstChild.data.trim() });
    made.setAttribute("aria-hidden", "true");
    return made;
  };
  const outcomeOf = (cell, option) => `${told.outcomes[KEYS.indexOf(cell.className)]}${option ? ` (${option})` : ""}`;
  /** What a cell was before, where it was another answer. */
  const was = (cell) => [...cell.querySelectorAll(".was")].map((one) => line(one.textContent, "of"));
  /** What to do next and what to ask, if anything. */
  function todo(action, question, due) {
    const parts = [];
    if (action) parts.push(labelled(told.todo, action));
    if (question) parts.push(labelled(told.toask, question));
    if (due) parts.push(labelled(told.until, due));
    return parts.length ? [element("div", { className: "todo" }, ...parts)] : [];
  }

  function drawCard(all, row) {
    const index = number.get(row), text = (one) => (one >= 0 ? all.strings[one] : ""), small = row.cells[0].querySelector("small");
    head.replaceChildren(title, ...(small ? [line(small.textContent, "of")] : []));
    const each = [...row.cells].slice(1).map((cell, place) => {
      const cellNumber = all.people[index][place], offer = all.offers[place], [action, question] = all.steps[cellNumber].map(text);
      const open = button(offer.title, offer.title, () => turn(place + 1));
      const shut = cell.className === "c";
      return element(
        "li", {}, tile(cell), element("div", {}, open),
        element("p", {}, element("b", { textContent: outcomeOf(cell, all.options[cellNumber]) }), ` · ${shut ? cell.querySelector("small").textContent : offer.due}`),
        ...was(cell), ...(action && !shut ? [line(action)] : []), ...(question ? [labelled(told.toask, question)] : []),
      );
    });
    const open = each.filter((_, place) => !headers[place].shut), shut = each.filter((_, place) => headers[place].shut);
    const parts = [...todo(row.querySelector(".do")?.textContent ?? "", text(all.asks[index]), "")];
    if (open.length) parts.push(element("ul", { className: "each" }, ...open));
    if (shut.length) {
      const folded = element("details", { open: !open.length }, element("summary", { textContent: told.shut }), element("ul", { className: "each" }, ...shut));
      parts.push(folded);
    }
    body.replaceChildren(...parts);
  }

  function drawCell(all, row, place) {
    const cell = row.cells[place + 1], offer = all.offers[place];
    const cellNumber = all.people[number.get(row)][place], option = all.options[cellNumber];
    const [result, , ...points] = all.cells[cellNumber];
    const closedNow = cell.className === "c";
    const back = button(told.card, told.card, () => turn(0));
    back.className = "back";
    head.replaceChildren(
      title,
      ...[offer.title, offer.organisation].filter(Boolean).map((one) => line(one, "of")),
      element("p", { className: "result" }, tile(cell), " ", element("b", { textContent: outcomeOf(cell, option) }), closedNow ? ` · ${offer.closed_but[result]}` : ""),
      ...was(cell),
    );
    const found = points.map((index) => all.points[index]);
    const text = (index) => (index >= 0 ? all.strings[index] : "");
    const list = (chosen) => element("ul", { className: "points" }, ...chosen.map((point) => item(point, offer, text)));
    const required = found.filter((point) => point[2]), assets = found.filter((point) => !point[2]);
    const [action, question] = all.steps[cellNumber].map(text);
    const parts = [...(closedNow ? [] : todo(action, question, "")), line(offer.deadline)];
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
    if (offer.contact) parts.push(line(fill(told.contact, { contact: offer.contact }), "of"));
    body.replaceChildren(...parts, element("p", {}, back));
  }

  function item([which, verdict, , reason, gap, lacks], offer, text) {
    const [label, clause] = offer.criteria[which];
    const more = [];
    if (lacks >= 0) more.push(fill(told.missing, { paths: text(lacks) }));
    if (gap >= 0) more.push(fill(told.gap, { gap: text(gap) }));
    if (clause) more.push(fill(told.clause, { clause }));
    return element(
      "li",
      { className: `v-${VERDICTS[verdict]}` },
      element("p", { className: "said" }, element("span", { className: "verdict", textContent: told.verdicts[verdict] }), " ", element("b", { textContent: label })),
      ...(reason >= 0 ? [line(text(reason))] : []),
      ...(more.length ? [element("p", { className: "more" }, ...more.map((one) => element("span", { textContent: one })))] : []),
    );
  }

  // ------------------------------------------------------------------------------------------------------------ begin
  if (rows.length) {
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-readonly", "true");
    grid.setAttribute("aria-describedby", "keys");
    byId("keys").hidden = false;
    byId("take").hidden = false;
    if (moved) byId("fold-changed").hidden = false;
    for (const one of document.querySelectorAll("button[data-criterion]")) one.hidden = !UNPACKS;
  }
  criterion.parentElement.hidden = !UNPACKS;
  const narrow = matchMedia("(max-width: 42rem)"), folded = byId("folded");
  folded.hidden = false;
  recall();
  folded.open = !narrow.matches || location.hash.startsWith("#?");
  narrow.addEventListener("change", () => (folded.open = !narrow.matches || folded.open));
  changed();
  window.addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(() => unpacked().catch(() => {})));
})();
