// The table of nodes: searched, sorted, narrowed and copied. Up to a few hundred rows all stand in the document;
// beyond, only those in sight do.

import { h, hide, setAttribute, setText, toggle } from "../dom.js";
import { COLUMNS, type Selection, type Sort, selected, touched } from "../filter.js";
import { nameAt, podsAt, verdictAt, whyAt } from "../rows.js";
import { currentGroup, isNarrowed, type State, showsNodes, WHOLE } from "../state.js";
import type { Store, View } from "../store.js";
import { WORDS } from "../verdict.js";
import { command, copier } from "./copy.js";
import { counted } from "./names.js";
import { createRow, type Row } from "./rows.js";
import { partText } from "./words.js";

/** More rows than these are virtual. */
const MOST_ROWS = 200;
/** Height of a virtual row, as in styles/nodes.css. */
const ROW_PX = 32;
const NARROW_ROW_PX = 52;
/** Rows drawn beyond the edges. */
const MARGIN = 8;
const TITLES: Record<Sort["column"], string> = { node: "Node", action: "Action", pod: "Pod", why: "Why" };

interface Shown {
  selection: Selection;
  node: string | undefined;
  hovered: number | undefined;
  dimming: Uint8Array | undefined;
}

export function nodesView(root: HTMLElement, store: () => Store, open: (node: string) => void): View {
  const title = h("h2", { attributes: { id: "nodes-title" } }, "Nodes");
  const all = h(
    "button",
    { class: "link", attributes: { type: "button" }, on: { click: () => store().update(WHOLE) } },
    "Show all",
  );
  const search = h("input", {
    attributes: {
      type: "search",
      id: "search",
      "aria-label": "Search nodes, pods and reasons",
      "aria-keyshortcuts": "/",
      placeholder: "Search  /",
      autocomplete: "off",
      spellcheck: "false",
    },
    on: { input: () => store().update({ query: search.value }) },
  });
  const copy = copier("Copy", "Copy the table, tab-separated", () => {
    const selection = shown?.selection;
    return selection ? { text: tsv(selection), what: `${counted(selection.rows.length)}, tab-separated` } : undefined;
  });
  const body = h("div", { class: "rows", attributes: { role: "rowgroup" } });
  const head = h("div", { class: "row head", attributes: { role: "row", "aria-rowindex": "1" } });
  const heads = COLUMNS.map((column) => {
    const sort = h(
      "button",
      { attributes: { type: "button" }, on: { click: () => sortBy(column) } },
      TITLES[column],
      h("span", { class: "direction", attributes: { "aria-hidden": "true" } }),
    );
    const cell = h("div", { class: `cell ${column}`, attributes: { role: "columnheader" } }, sort);
    head.append(cell);
    return { column, cell };
  });
  const table = h(
    "div",
    { class: "table", attributes: { role: "grid", "aria-readonly": "true", "aria-labelledby": "nodes-title" } },
    h("div", { class: "head-group", attributes: { role: "rowgroup" } }, head),
    body,
  );
  const none = h("p", { class: "quiet none" }, "No node matches.");
  const empty = h(
    "div",
    { class: "empty" },
    h("p", {}, "There are no nodes yet. Paste them under Cluster, in any form that kubectl prints:"),
    command("kubectl get nodes -o yaml"),
  );
  const tools = h("div", { class: "tools" }, search, copy.element);
  root.replaceChildren(h("div", { class: "title" }, title, all, tools), copy.said, empty, table, none);

  const narrow = matchMedia("(max-width: 899px)");
  const pool: Row[] = [];
  let shown: Shown | undefined;
  /** Where the first row lies, as it was last measured: measuring in the midst of changes lays the page out twice. */
  let top = 0;
  let drawn = { from: 0, to: 0 };
  /** The place of the row that Tab reaches; the arrow keys move it. */
  let active = 0;

  function sortBy(column: Sort["column"]): void {
    const { sort } = store().state;
    store().update({ sort: { column, down: sort.column === column && !sort.down } });
  }

  function draw(): void {
    if (!shown) return;
    const { selection, node, hovered, dimming } = shown;
    const { set, rows } = selection;
    const count = rows.length;
    const virtual = count > MOST_ROWS;
    const height = rowHeight();
    active = Math.min(active, Math.max(0, count - 1));
    toggle(table, "virtual", virtual);
    toggle(table, "podless", set.rows.pods === "");
    body.style.height = virtual ? `${count * height}px` : "";

    let from = 0;
    let to = count;
    if (virtual) {
      from = Math.min(Math.max(0, Math.floor(-top / height) - MARGIN), count);
      to = Math.min(count, Math.max(from, Math.ceil((innerHeight - top) / height) + MARGIN));
    }
    drawn = { from, to };
    while (pool.length < to - from) pool.push(createRow(open, hover));
    for (let place = from; place < to; place++) {
      const row = pool[place - from];
      const index = rows[place] ?? 0;
      // Of a virtual table the row that Tab reaches may be out of sight; then the first in sight is reached.
      const reached = place === active || (place === from && (active < from || active >= to));
      row?.show(set, index, place, {
        chosen: node !== undefined && nameAt(set.rows, index) === node,
        hovered: index === hovered,
        dimmed: dimming?.[index] === 0,
        reached,
      });
    }
    // In the flow, below as much room as the rows before them take: a row with a place of its own is a layer more.
    body.style.paddingTop = virtual ? `${from * height}px` : "";
    for (let at = body.childElementCount; at > to - from; at--) body.lastElementChild?.remove();
    body.append(...pool.slice(body.childElementCount, to - from).map((row) => row.element));
    setAttribute(table, "aria-rowcount", String(count + 1));
  }

  function rowHeight(): number {
    return narrow.matches ? NARROW_ROW_PX : ROW_PX;
  }

  function hover(row: number | undefined): void {
    if (store().state.hovered !== row) store().update({ hovered: row });
  }

  /** Moves the focus to a place of the table, and the table with it. */
  function moveTo(place: number): void {
    const count = shown?.selection.rows.length ?? 0;
    if (count === 0) return;
    active = Math.min(Math.max(0, place), count - 1);
    if (table.classList.contains("virtual")) {
      const at = body.getBoundingClientRect().top + active * rowHeight();
      const scroller = root.closest(".plan");
      const scrolls =
        scroller && getComputedStyle(scroller).overflowY === "auto" ? scroller : document.scrollingElement;
      if (at < 96 || at + rowHeight() > innerHeight - 32) scroller && scrolls?.scrollBy(0, at - innerHeight / 2);
    }
    top = body.getBoundingClientRect().top;
    draw();
    const row = pool.find((one) => one.place === active);
    row?.focus();
    row?.element.scrollIntoView({ block: "nearest" });
  }

  body.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const by = steps[event.key];
    if (by !== undefined) moveTo(active + by);
    else if (event.key === "Home") moveTo(0);
    else if (event.key === "End") moveTo((shown?.selection.rows.length ?? 1) - 1);
    else return;
    event.preventDefault();
  });
  body.addEventListener("focusin", (event) => {
    const row = pool.find(({ element }) => element.contains(event.target as Node));
    if (row) active = row.place;
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      moveTo(0);
    }
  });
  let scheduled = false;
  function later(): void {
    if (scheduled || !table.classList.contains("virtual")) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      top = body.getBoundingClientRect().top;
      const count = shown?.selection.rows.length ?? 0;
      const first = Math.max(0, Math.floor(-top / rowHeight()));
      const last = Math.min(count, Math.ceil((innerHeight - top) / rowHeight()));
      // Rows beyond the edges are there already.
      if (first < last && (first < drawn.from || last > drawn.to)) draw();
    });
  }
  // Captures the scrolling of whatever holds the table.
  document.addEventListener("scroll", later, { capture: true, passive: true });
  addEventListener("resize", later);
  narrow.addEventListener("change", draw);

  return {
    render(state: State) {
      const selection = selected(state);
      hide(root, !selection || !showsNodes(state));
      if (!selection || root.hidden) return;
      const dimming = touched(state);
      const { hovered } = state;
      const node = state.node?.name;
      const was = shown;
      if (search.value !== state.query) search.value = state.query;
      const same = was && was.selection === selection && was.node === node && was.hovered === hovered;
      if (same && was.dimming === dimming) return;
      shown = { selection, node, hovered, dimming };
      const total = selection.set.counts.nodes;
      const count = selection.rows.length;
      hide(table, total === 0 || count === 0);
      hide(none, total === 0 || count > 0);
      hide(empty, total > 0);
      hide(tools, total === 0);
      const narrowed = isNarrowed(state);
      const why = [currentGroup(state, selection.set)?.summary, partText(state.part), valueText(state)].filter(Boolean);
      setText(
        title,
        narrowed ? `${count} of ${counted(total)}${why.length > 0 ? `: ${why.join(", ")}` : ""}` : "Nodes",
      );
      hide(all, !narrowed);
      for (const { column, cell } of heads) {
        const { sort } = state;
        const direction = sort.column !== column ? "none" : sort.down ? "descending" : "ascending";
        setAttribute(cell, "aria-sort", direction);
      }
      draw();
      later();
    },
  };
}

function valueText({ value, groupBy }: State): string | undefined {
  if (value === undefined || groupBy === undefined) return undefined;
  return value === null ? `no ${groupBy}` : `${groupBy}=${value}`;
}

/** The rows that are shown, as a spreadsheet takes them. */
function tsv({ set, rows }: Selection): string {
  const lines = [...rows].map((row) =>
    [nameAt(set.rows, row), WORDS[verdictAt(set.rows, row)], podsAt(set.rows, row), whyAt(set, row)]
      .map(plain)
      .join("\t"),
  );
  return `${[COLUMNS.map((column) => TITLES[column]).join("\t"), ...lines].join("\n")}\n`;
}

/** A cell holds no tab and no line break; and none begins a formula. */
function plain(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, " ");
  return /^[=+\-@]/.test(flat) ? `'${flat}` : flat;
}
