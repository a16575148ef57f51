// Where each node's cell lies: blocks of cells, a block a group, flowing like words. Lengths are CSS pixels.

export interface Block {
  /** The left and upper edge of the cells; the title stands above. */
  x: number;
  y: number;
  columns: number;
  /** Cells, or 0 for a tile. */
  count: number;
  /** What the block takes, its title included. */
  width: number;
  height: number;
}

export interface Layout {
  /** Side of a cell with the gap to the next. */
  pitch: number;
  blocks: Block[];
  height: number;
  /** Blocks are tiles that say how many there are, since so many cells are too many to draw. */
  tiles: boolean;
}

/** More nodes than these are drawn as tiles. */
export const MOST_CELLS = 20_000;
/** Room for a group's title. */
export const TITLE = 20;
const GAP = 12;
/** Room around the cells for the frame of one. */
export const PAD = 3;
const TILE = { width: 176, height: 48 };
/** Pitches by how many nodes there are at most. */
const PITCHES: [number, number][] = [
  [64, 24],
  [320, 16],
  [1500, 12],
  [2500, 10],
];
const SMALLEST = 8;

/**
 * @param counts nodes in each group
 * @param titles whether groups have titles, and how wide each is
 */
export function layout(counts: number[], titles: number[] | undefined, width: number): Layout {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tiles = total > MOST_CELLS;
  const pitch = PITCHES.find(([most]) => total <= most)?.[1] ?? SMALLEST;
  const title = titles ? TITLE : 0;
  const most = Math.max(1, Math.floor((width - 2 * PAD) / pitch));
  const blocks: Block[] = [];
  const right = width - PAD;
  let x = PAD;
  let y = PAD;
  let high = 0;
  counts.forEach((count, index) => {
    const wide = titles ? columnsFor(count, titles[index] ?? 0, pitch, width) : most;
    const columns = Math.min(most, Math.max(1, wide));
    const block = tiles
      ? { width: Math.min(width - 2 * PAD, TILE.width), height: title + TILE.height }
      : { width: columns * pitch, height: title + Math.ceil(count / columns) * pitch };
    if (x > PAD && x + block.width > right) {
      x = PAD;
      y += high + GAP;
      high = 0;
    }
    blocks.push({ x, y: y + title, columns, count: tiles ? 0 : count, ...block });
    x += block.width + GAP;
    high = Math.max(high, block.height);
  });
  return { pitch, blocks, height: y + high + PAD, tiles };
}

/** Twice as wide as high, and at least as wide as the title; large blocks share a line's width evenly. */
function columnsFor(count: number, title: number, pitch: number, width: number): number {
  const room = width - 2 * PAD;
  const wide = Math.max(Math.ceil(Math.sqrt(count * 2)), Math.ceil(title / pitch));
  const beside = Math.max(1, Math.round((room + GAP) / (wide * pitch + GAP)));
  return beside > 4 ? wide : Math.floor((room - (beside - 1) * GAP) / beside / pitch);
}

export type Place = { block: number; cell: number } | { block: number; cell: undefined };

/** What lies at a point: a cell, or a block's title or tile. */
export function placeAt({ pitch, blocks, tiles }: Layout, x: number, y: number, titled: boolean): Place | undefined {
  const title = titled ? TITLE : 0;
  for (const [block, { x: left, y: top, columns, count, width, height }] of blocks.entries()) {
    if (x < left || x >= left + width || y < top - title || y >= top - title + height) continue;
    if (tiles || y < top) return { block, cell: undefined };
    const cell = Math.floor((y - top) / pitch) * columns + Math.floor((x - left) / pitch);
    return cell < count ? { block, cell } : undefined;
  }
  return undefined;
}

/** The next cell in a direction; the nearest of another block at an edge. */
export function step(layout: Layout, from: { block: number; cell: number }, key: string): Place | undefined {
  const { blocks, pitch } = layout;
  const block = blocks[from.block];
  if (!block) return undefined;
  const last = block.count - 1;
  if (key === "Home") return { block: 0, cell: 0 };
  if (key === "End") return { block: blocks.length - 1, cell: (blocks.at(-1)?.count ?? 1) - 1 };
  if (key === "ArrowRight") {
    if (from.cell < last) return { block: from.block, cell: from.cell + 1 };
    return from.block + 1 < blocks.length ? { block: from.block + 1, cell: 0 } : undefined;
  }
  if (key === "ArrowLeft") {
    if (from.cell > 0) return { block: from.block, cell: from.cell - 1 };
    const before = blocks[from.block - 1];
    return before ? { block: from.block - 1, cell: before.count - 1 } : undefined;
  }
  const down = key === "ArrowDown";
  const cell = from.cell + (down ? block.columns : -block.columns);
  if (cell >= 0 && cell <= last) return { block: from.block, cell };
  const x = block.x + (from.cell % block.columns) * pitch;
  const y = block.y + Math.floor(from.cell / block.columns) * pitch;
  return nearest(layout, x, y, down);
}

/** The cell above or below a point that is nearest to it. */
function nearest({ blocks, pitch }: Layout, x: number, y: number, down: boolean): Place | undefined {
  let best: Place | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, block] of blocks.entries()) {
    if (block.count === 0) continue;
    const rows = Math.ceil(block.count / block.columns);
    const line = down ? 0 : rows - 1;
    const top = block.y + line * pitch;
    if (down ? top <= y : top >= y) continue;
    const first = line * block.columns;
    const length = Math.min(block.columns, block.count - first);
    const column = Math.min(length - 1, Math.max(0, Math.round((x - block.x) / pitch)));
    const distance = Math.abs(top - y) * 4 + Math.abs(block.x + column * pitch - x);
    if (distance < least) {
      least = distance;
      best = { block: index, cell: first + column };
    }
  }
  return best;
}
