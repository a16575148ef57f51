// The map: one cell a node, colour and shape its verdict. The table below has the same nodes in words.

import { fill, h, hide, setAttribute, setText, toggle } from "../dom.js";
import { selected, touched } from "../filter.js";
import { BY_REASON, BY_VERDICT, type Group, grouped } from "../map/groups.js";
import { type Layout, layout, type Place, placeAt, step } from "../map/layout.js";
import { Painter, type Palette } from "../map/paint.js";
import type { DaemonSetAnswer, Labels } from "../protocol.js";
import { nameAt, rowOf, verdictAt, whyAt } from "../rows.js";
import { currentSet, type State, showsNodes, WHOLE } from "../state.js";
import type { Store, View } from "../store.js";
import { MEANINGS, shape, VERDICTS, type Verdict, WORDS } from "../verdict.js";

/** The measure of how long a drawing took, for whoever looks. */
const MEASURE = "map";
const HINT = "Arrow keys move through the nodes, Enter opens one. The table below says the same in words.";

interface Drawn {
  set: DaemonSetAnswer;
  labels: Labels;
  by: string | undefined;
  width: number;
  groups: Group[];
  layout: Layout;
}

/**
 * @param open opens a node's panel
 * @param regroup is told the label to group by
 */
export function mapView(
  root: HTMLElement,
  store: () => Store,
  open: (node: string) => void,
  regroup: (key: string | undefined) => void,
): View {
  const by = h("select", { attributes: { autocomplete: "off" } });
  const keys = h("div", { class: "keys", attributes: { role: "group", "aria-label": "Verdicts" } });
  const canvas = h("canvas", {
    attributes: {
      tabindex: "0",
      role: "application",
      "aria-label": `Map of the nodes. ${HINT}`,
      "aria-describedby": "map-readout",
    },
  });
  const marker = h("span", { class: "marker", attributes: { "aria-hidden": "true" } });
  const readout = h("p", { class: "readout", attributes: { id: "map-readout", "aria-live": "polite" } });
  root.replaceChildren(
    h(
      "div",
      { class: "title" },
      h("h2", { attributes: { id: "map-title" } }, "Map"),
      keys,
      h("label", { class: "choice" }, "Grouped by ", by),
    ),
    h("div", { class: "canvas" }, canvas, marker),
    readout,
  );
  const painter = new Painter(canvas);
  const legend = new Map(VERDICTS.map((verdict) => [verdict, legendKey(verdict, store)]));
  keys.append(...[...legend.values()].map(({ button }) => button));

  let drawn: Drawn | undefined;
  let width = 0;
  let palette: Palette | undefined;
  let seen: unknown[] = [];

  by.addEventListener("change", () => regroup(by.value || undefined));

  function hovered(place: Place | undefined): number | undefined {
    return place?.cell === undefined ? undefined : drawn?.groups[place.block]?.rows[place.cell];
  }
  function under(event: MouseEvent): Place | undefined {
    if (!drawn) return undefined;
    return placeAt(drawn.layout, event.offsetX, event.offsetY, drawn.groups[0]?.title !== "");
  }
  canvas.addEventListener("pointermove", (event) => {
    const place = under(event);
    canvas.style.cursor =
      place && (place.cell !== undefined || drawn?.groups[place.block]?.value !== undefined) ? "pointer" : "";
    const row = hovered(place);
    if (row !== store().state.hovered) store().update({ hovered: row });
  });
  canvas.addEventListener("pointerleave", () => store().update({ hovered: undefined }));
  canvas.addEventListener("blur", () => store().update({ hovered: undefined }));
  canvas.addEventListener("click", (event) => {
    const place = under(event);
    const row = hovered(place);
    if (drawn && row !== undefined) open(nameAt(drawn.set.rows, row));
    else if (place) narrowTo(place.block);
  });
  canvas.addEventListener("keydown", (event) => {
    if (!drawn || event.ctrlKey || event.metaKey || event.altKey) return;
    const { hovered: row } = store().state;
    if (event.key === "Enter" || event.key === " ") {
      if (row === undefined) return;
      event.preventDefault();
      open(nameAt(drawn.set.rows, row));
      return;
    }
    if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) return;
    event.preventDefault();
    const from = row === undefined ? undefined : placeOf(row);
    const to = from ? step(drawn.layout, from, event.key) : { block: 0, cell: 0 };
    const next = hovered(to);
    if (next === undefined || !to) return;
    store().update({ hovered: next });
    show(to);
  });

  /** Brings a cell into sight. */
  function show({ block, cell }: Place): void {
    const at = drawn?.layout.blocks[block];
    if (!at || !drawn || cell === undefined) return;
    const { pitch } = drawn.layout;
    const x = at.x + (cell % at.columns) * pitch;
    const y = at.y + Math.floor(cell / at.columns) * pitch;
    marker.style.transform = `translate(${x}px, ${y}px)`;
    marker.scrollIntoView({ block: "nearest" });
  }

  function placeOf(row: number): { block: number; cell: number } | undefined {
    for (const [block, { rows }] of drawn?.groups.entries() ?? []) {
      const cell = rows.indexOf(row);
      if (cell >= 0) return { block, cell };
    }
    return undefined;
  }

  /** Narrows to the group of a title or a tile. */
  function narrowTo(block: number): void {
    const group = drawn?.groups[block];
    if (group?.value === undefined) return;
    const on = store().state.value === group.value;
    store().update({ ...WHOLE, value: on ? undefined : group.value });
  }

  new ResizeObserver(([entry]) => {
    const next = Math.floor(entry?.contentRect.width ?? 0);
    if (next === width || next === 0) return;
    width = next;
    render(store().state);
  }).observe(canvas.parentElement ?? root);
  const repaint = (): void => {
    palette = undefined;
    seen = [];
    render(store().state);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  new MutationObserver(repaint).observe(document.documentElement, { attributes: true });

  function render(state: State): void {
    const set = currentSet(state);
    const labels = state.shown?.labels;
    hide(root, !set || !labels || set.rows.count === 0 || !showsNodes(state));
    if (root.hidden || !set || !labels) return;
    const selection = selected(state);
    const dimming = touched(state);
    const chosen = state.node?.name;
    const stale = state.unreadable !== undefined;
    const asked = [
      set,
      labels,
      state.groupBy,
      width,
      selection,
      state.pointed,
      dimming === undefined,
      state.hovered,
      chosen,
      stale,
    ];
    if (seen.length > 0 && asked.every((term, index) => term === seen[index])) return;
    seen = asked;
    choices(labels, state.groupBy);
    for (const [verdict, key] of legend) key.show(countOf(set, verdict), state.part === verdict);
    say(state, set);
    if (width === 0) return;
    const start = performance.now();
    palette ??= paletteOf(legend, root);
    if (drawn?.set !== set || drawn.labels !== labels || drawn.by !== state.groupBy || drawn.width !== width) {
      const groups = grouped(set, labels, state.groupBy);
      const titled = groups[0]?.title !== "";
      const titles = titled ? groups.map(({ title }) => title.length * 7) : undefined;
      const lengths = groups.map(({ rows }) => rows.length);
      drawn = { set, labels, by: state.groupBy, width, groups, layout: layout(lengths, titles, width) };
    }
    const { groups } = drawn;
    const mask = selection?.mask;
    painter.paint(
      {
        layout: drawn.layout,
        rows: groups.map(({ rows }) => rows),
        titles: groups[0]?.title === "" ? undefined : groups.map(({ title }) => title),
        verdicts: set.rows.verdicts,
        bright: (row) => mask?.[row] !== 0 && dimming?.[row] !== 0,
        cursor: state.hovered,
        chosen: chosen === undefined ? undefined : rowOf(set.rows, chosen),
      },
      width,
      palette,
    );
    canvas.style.width = `${width}px`;
    canvas.style.height = `${Math.max(1, drawn.layout.height)}px`;
    performance.clearMeasures(MEASURE);
    performance.measure(MEASURE, { start, end: performance.now() });
  }

  /** The labels that make groups; chosen is what is grouped by. */
  let offered = "";
  function choices(labels: Labels, chosen: string | undefined): void {
    const text = JSON.stringify(labels.keys);
    if (text !== offered) {
      offered = text;
      const option = (value: string, label: string): HTMLElement => h("option", { attributes: { value } }, label);
      fill(
        by,
        option("", "nothing"),
        option(BY_VERDICT, "verdict"),
        option(BY_REASON, "first reason"),
        ...labels.keys.map((key) => option(key, key)),
      );
    }
    const value = chosen ?? "";
    if (by.value !== value) by.value = value;
  }

  function say(state: State, set: DaemonSetAnswer): void {
    const { hovered } = state;
    if (hovered === undefined || hovered >= set.rows.count) {
      setText(readout, "");
      return;
    }
    const why = whyAt(set, hovered);
    const words = [nameAt(set.rows, hovered), WORDS[verdictAt(set.rows, hovered)], why].filter((word) => word !== "");
    setText(readout, words.join(" · "));
  }

  return { render };
}

interface Key {
  button: HTMLElement;
  mark: SVGSVGElement;
  show(count: number, chosen: boolean): void;
}

/** A verdict's mark, word and number; narrows to it. */
function legendKey(verdict: Verdict, store: () => Store): Key {
  const number = h("span", { class: "number" });
  const mark = shape(verdict);
  const button = h(
    "button",
    { class: "key", attributes: { type: "button", title: MEANINGS[verdict] }, on: { click } },
    WORDS[verdict],
    " ",
    number,
  );
  button.prepend(mark);
  function click(): void {
    const on = store().state.part === verdict;
    store().update({ ...WHOLE, part: on ? undefined : verdict });
  }
  return {
    button,
    mark,
    show(count, chosen) {
      hide(button, count === 0 && !chosen);
      setText(number, String(count));
      setAttribute(button, "aria-pressed", String(chosen));
      toggle(button, "chosen", chosen);
    },
  };
}

function countOf(set: DaemonSetAnswer, verdict: Verdict): number {
  const code = VERDICTS.indexOf(verdict);
  let count = 0;
  for (const one of set.rows.verdicts) if (one === code) count++;
  return count;
}

/** The colours of the sheet, as they hold now. */
function paletteOf(legend: Map<Verdict, Key>, root: HTMLElement): Palette {
  const { color, fontFamily } = getComputedStyle(root);
  const quiet = root.querySelector(".readout");
  const link = root.querySelector(".marker");
  const verdicts = Object.fromEntries(
    [...legend].map(([verdict, { mark }]) => [verdict, getComputedStyle(mark).color]),
  ) as Record<Verdict, string>;
  return {
    verdicts,
    ink: color,
    quiet: quiet ? getComputedStyle(quiet).color : color,
    accent: link ? getComputedStyle(link).color : color,
    font: `13px ${fontFamily}`,
  };
}
