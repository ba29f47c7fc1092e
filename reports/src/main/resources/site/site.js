"use strict";
const byId = id => document.getElementById(id);

/* What was chosen stands in the address, so that every view can be linked to. */
function choices() {
  return new URLSearchParams(location.hash.slice(1));
}
function remember(values) {
  const chosen = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value) chosen.set(name, value);
  }
  history.replaceState(null, "", chosen.size ? "#" + chosen : location.pathname + location.search);
}
function fill(form) {
  for (const [name, value] of choices()) {
    if (form.elements[name]) form.elements[name].value = value;
  }
}
function values(form) {
  return Object.fromEntries(new FormData(form));
}
function element(name, text, attributes) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

/* Overview: filters, and arrow keys within the matrix. */
function overview(table, form) {
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const column = new Map(heads.map((head, i) => [head.dataset.target, i]));
  const groups = [...table.tBodies];

  function changed(cells, a, b) {
    const left = cells[a + 1], right = cells[b + 1];
    return left.textContent && right.textContent && left.dataset.g !== right.dataset.g;
  }
  function apply() {
    const want = values(form);
    const words = want.text.toLowerCase().split(/\s+/).filter(Boolean);
    const a = column.get(want.a), b = column.get(want.b);
    let shown = 0;
    for (const body of groups) {
      const here = (!want.page || body.dataset.page === want.page)
        && (!want.section || body.dataset.section === want.section);
      let any = false;
      for (const row of body.rows) {
        if (row.className) continue;
        const cells = row.cells;
        const text = here && words.length ? cells[0].textContent.toLowerCase() : "";
        const visible = here
          && words.every(word => text.includes(word))
          && (!want.verdict || [...row.querySelectorAll("td." + want.verdict)].length > 0)
          && (a === undefined || b === undefined || changed(cells, a, b));
        row.hidden = !visible;
        any ||= visible;
        if (visible) shown++;
      }
      body.hidden = !any;
    }
    byId("shown").textContent = shown + (shown === 1 ? " claim" : " claims");
    remember(want);
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  fill(form);
  apply();
  addEventListener("hashchange", () => { fill(form); apply(); });

  let current = table.querySelector("tbody td");
  if (!current) return;
  current.tabIndex = 0;
  function open(cell) {
    const link = cell.parentElement.cells[0].querySelector("a");
    const target = heads[cell.cellIndex - 1].dataset.target;
    location.href = link.getAttribute("href") + "#b=" + encodeURIComponent(target);
  }
  function move(to) {
    if (!to) return;
    current.removeAttribute("tabindex");
    current = to;
    current.tabIndex = 0;
    current.focus();
  }
  function beside(cell, rows, columns) {
    const all = [...table.querySelectorAll("tbody:not([hidden]) tr:not([hidden]):not(.group)")];
    const row = all[all.indexOf(cell.parentElement) + rows];
    const next = row && row.cells[cell.cellIndex + columns];
    return next && next.tagName === "TD" ? next : null;
  }
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", event => {
    const cell = event.target.closest("td");
    if (!cell) return;
    if (steps[event.key]) {
      event.preventDefault();
      move(beside(cell, ...steps[event.key]));
    } else if (event.key === "Enter") {
      open(cell);
    }
  });
  table.addEventListener("click", event => {
    const cell = event.target.closest("td");
    if (cell && cell.textContent) open(cell);
  });
}

/* Claim page: two transcripts of the reader's choice. */
function claim(form) {
  const body = byId("diff").tBodies[0];
  const signs = JSON.parse(byId("rows").textContent);
  const shown = select => Number(select.selectedOptions[0].dataset.shown);
  const lines = number => [...byId("seen-" + number).querySelectorAll("code")].map(line => line.textContent);
  const turned = { "<": ">", ">": "<" };
  /* The rows that were matched beforehand; a pair is there once, for the lower number as the left. */
  function rowsOf(a, b) {
    const left = lines(a), right = lines(b);
    if (a === b) return left.map(line => [line, line, true]);
    const row = a < b ? sign => sign : sign => turned[sign] || sign;
    return [...signs[Math.min(a, b) + " " + Math.max(a, b)]].map(row).map(sign => [
      sign === ">" ? undefined : left.shift(), sign === "<" ? undefined : right.shift(), sign === "="]);
  }
  function side(text, same, mark) {
    const cell = document.createElement("td");
    if (text !== undefined) cell.append(same ? text : element(mark, text));
    return cell;
  }
  function apply() {
    const { a, b } = form.elements;
    byId("diff-a").textContent = a.selectedOptions[0].text;
    byId("diff-b").textContent = b.selectedOptions[0].text;
    const rows = rowsOf(shown(a), shown(b));
    body.replaceChildren(...rows.map(([left, right, same]) => {
      const row = document.createElement("tr");
      row.append(side(left, same, "del"), side(right, same, "ins"));
      return row;
    }));
    const different = rows.filter(row => !row[2]).length;
    byId("diff-count").textContent = different ? different + " rows differ" : "No difference";
  }
  function choose() {
    fill(form);
    apply();
  }
  form.addEventListener("input", () => { apply(); remember(values(form)); });
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("hashchange", choose);
  choose();
}

/* Comparison of any two targets. */
function comparison(form) {
  const column = new Map(RESULTS.targets.map((target, i) => [target, i]));
  function apply() {
    const { a, b } = values(form);
    const rows = [];
    let both = 0;
    for (const claim of RESULTS.claims) {
      const left = claim.at[column.get(a)], right = claim.at[column.get(b)];
      if (left < 0 || right < 0) continue;
      both++;
      const change = claim.changes[Math.min(left, right) + " " + Math.max(left, right)];
      if (!change) continue;
      const row = document.createElement("tr");
      const name = document.createElement("th");
      name.scope = "row";
      name.append(
        element("a", claim.id, { href: "claims/" + claim.id + ".html#" + new URLSearchParams({ a, b }) }),
        " " + claim.page + ", " + claim.section + ": " + claim.says);
      const cells = [seen(change.before), seen(change.after)];
      row.append(name, ...(left < right ? cells : cells.reverse()));
      rows.push(row);
    }
    byId("differences").tBodies[0].replaceChildren(...rows);
    byId("compare-a").textContent = form.elements.a.selectedOptions[0].text;
    byId("compare-b").textContent = form.elements.b.selectedOptions[0].text;
    byId("shown").textContent = rows.length + " of " + both + " claims tried on both differ";
    remember({ a, b });
  }
  function seen({ verdict, because, facts }) {
    const cell = element("td", "", { className: verdict[0] });
    cell.append(
      element("strong", verdict), because && ": " + because, ...facts.map(fact => element("div", fact)));
    return cell;
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("hashchange", () => { fill(form); apply(); });
  fill(form);
  apply();
}

if (byId("matrix")) overview(byId("matrix"), byId("filters"));
if (byId("diff")) claim(byId("choose"));
if (byId("differences")) comparison(byId("choose"));
