// The table of nodes. Up to a few hundred rows all stand in the document; beyond, only those in sight do.

import { fill, h, setText, toggle } from "../dom.js";
import type { DaemonSetAnswer, GroupAnswer } from "../protocol.js";
import { currentGroup, currentSet, type State } from "../state.js";
import type { Store, View } from "../store.js";
import { command } from "./copy.js";
import { createRow, type Row } from "./rows.js";

/** More rows than these are virtual. */
const MOST_ROWS = 200;
/** Height of a virtual row, as in styles/nodes.css. */
const ROW_PX = 32;
const NARROW_ROW_PX = 52;
/** Rows drawn beyond the edges. */
const MARGIN = 8;

export function nodesView(root: HTMLElement, store: () => Store, open: (node: string) => void): View {
  const title = h("h2", { attributes: { id: "nodes-title" } }, "Nodes");
  const all = h(
    "button",
    { class: "link", attributes: { type: "button" }, on: { click: () => store().update({ reason: undefined }) } },
    "Show all",
  );
  const body = h("div", { class: "rows", attributes: { role: "rowgroup" } });
  const head = h("div", { class: "row head", attributes: { role: "row", "aria-rowindex": "1" } });
  for (const name of ["Node", "Action", "Pod", "Why"]) {
    head.append(h("div", { class: `cell ${name.toLowerCase()}`, attributes: { role: "columnheader" } }, name));
  }
  const table = h(
    "div",
    { class: "table", attributes: { role: "table", "aria-labelledby": "nodes-title" } },
    h("div", { class: "head-group", attributes: { role: "rowgroup" } }, head),
    body,
  );
  const empty = h(
    "div",
    { class: "empty" },
    h("p", {}, "There are no nodes yet. Paste them under Cluster, in any form that kubectl prints:"),
    command("kubectl get nodes -o yaml"),
  );
  root.replaceChildren(h("div", { class: "title" }, title, all), empty, table);

  const narrow = matchMedia("(max-width: 899px)");
  const pool: Row[] = [];
  let shown: { set: DaemonSetAnswer; group: GroupAnswer | undefined; node: string | undefined } | undefined;

  function draw(): void {
    if (!shown) return;
    const { set, group, node } = shown;
    const count = group ? group.rows.length : set.rows.names.length;
    const virtual = count > MOST_ROWS;
    const height = narrow.matches ? NARROW_ROW_PX : ROW_PX;
    toggle(table, "virtual", virtual);
    toggle(
      table,
      "podless",
      set.rows.pods.every((pods) => pods === ""),
    );
    body.style.height = virtual ? `${count * height}px` : "";

    let from = 0;
    let to = count;
    if (virtual) {
      const top = body.getBoundingClientRect().top;
      from = Math.min(Math.max(0, Math.floor(-top / height) - MARGIN), count);
      to = Math.min(count, Math.max(from, Math.ceil((innerHeight - top) / height) + MARGIN));
    }
    while (pool.length < to - from) pool.push(createRow(open));
    for (let place = from; place < to; place++) {
      const row = pool[place - from];
      const index = group ? (group.rows[place] ?? 0) : place;
      row?.show(set, index, place, set.rows.names[index] === node);
      if (row) row.element.style.transform = virtual ? `translateY(${place * height}px)` : "";
    }
    const elements = pool.slice(0, to - from).map((row) => row.element);
    if (body.childElementCount !== elements.length) fill(body, ...elements);
    table.setAttribute("aria-rowcount", String(count + 1));
  }

  let scheduled = false;
  function later(): void {
    if (scheduled || !table.classList.contains("virtual")) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      draw();
    });
  }
  // Captures the scrolling of whatever holds the table.
  document.addEventListener("scroll", later, { capture: true, passive: true });
  addEventListener("resize", later);
  narrow.addEventListener("change", draw);

  return {
    render(state: State) {
      const set = currentSet(state);
      const group = currentGroup(state, set);
      const node = state.node?.name;
      if (shown && shown.set === set && shown.group === group && shown.node === node) return;
      root.hidden = !set;
      shown = set && { set, group, node };
      if (!set) return;
      const count = group ? group.rows.length : set.rows.names.length;
      table.hidden = set.counts.nodes === 0;
      empty.hidden = set.counts.nodes > 0;
      setText(title, group ? `${count} of ${set.counts.nodes} nodes: ${group.summary}` : "Nodes");
      all.hidden = group === undefined;
      draw();
    },
  };
}
