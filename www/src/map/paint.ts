// Paints the map. Cells are copied from a small picture of each verdict into one buffer, which is put on the canvas
// at once: the cost of five thousand nodes is that of a picture.

import { FILLED, LINED, SHAPE_BOX, SHAPES, VERDICTS, type Verdict } from "../verdict.js";
import { type Layout, TITLE } from "./layout.js";

export interface Palette {
  verdicts: Record<Verdict, string>;
  ink: string;
  quiet: string;
  accent: string;
  font: string;
}

export interface Picture {
  layout: Layout;
  /** The row of each cell, block after block. */
  rows: Uint32Array[];
  titles: string[] | undefined;
  verdicts: Uint8Array;
  /** Whether a row stands out; all do where there is none. */
  bright: (row: number) => boolean;
  /** The row under the cursor. */
  cursor: number | undefined;
  /** The node whose panel is open. */
  chosen: number | undefined;
}

/** How much of a dimmed cell is left. */
const DIM = 0.3;
/** A picture of more pixels is drawn at one pixel a CSS pixel. */
const MOST_PIXELS = 8_000_000;

interface Sprites {
  key: string;
  side: number;
  /** Verdicts in order, first bright, then dim. */
  pixels: Uint32Array[];
}

export class Painter {
  #sprites: Sprites | undefined;
  /** Kept, since a new one for each drawing is a megabyte to collect. */
  #image: ImageData | undefined;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  paint(picture: Picture, width: number, palette: Palette): void {
    const { canvas } = this;
    const { layout } = picture;
    const height = Math.max(1, layout.height);
    const wanted = devicePixelRatio || 1;
    const ratio = width * height * wanted * wanted > MOST_PIXELS ? 1 : wanted;
    const [across, down] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (canvas.width !== across) canvas.width = across;
    if (canvas.height !== down) canvas.height = down;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, across, down);
    if (!layout.tiles) this.#cells(context, picture, ratio, palette);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#titles(context, picture, palette);
    if (layout.tiles) tiles(context, picture, palette);
    else outline(context, picture, palette);
  }

  #cells(context: CanvasRenderingContext2D, picture: Picture, ratio: number, palette: Palette): void {
    const { layout, rows, verdicts, bright } = picture;
    const { width, height } = context.canvas;
    const { side, pixels } = this.#drawn(layout.pitch, ratio, palette);
    const kept = this.#image?.width === width && this.#image.height === height ? this.#image : undefined;
    const image = kept ?? context.createImageData(width, height);
    this.#image = image;
    const target = new Uint32Array(image.data.buffer);
    if (kept) target.fill(0);
    layout.blocks.forEach((block, index) => {
      const members = rows[index] ?? [];
      for (let cell = 0; cell < block.count; cell++) {
        const row = members[cell] ?? 0;
        const sprite = pixels[(verdicts[row] ?? 0) + (bright(row) ? 0 : VERDICTS.length)];
        if (!sprite) continue;
        const x = Math.round((block.x + (cell % block.columns) * layout.pitch) * ratio);
        const y = Math.round((block.y + Math.floor(cell / block.columns) * layout.pitch) * ratio);
        const wide = Math.min(side, width - x);
        const high = Math.min(side, height - y);
        for (let line = 0; line < high; line++) {
          const from = line * side;
          const to = (y + line) * width + x;
          // Pixel by pixel: for a dozen of them a copy by the engine costs more than it saves.
          for (let at = 0; at < wide; at++) target[to + at] = sprite[from + at] ?? 0;
        }
      }
    });
    context.putImageData(image, 0, 0);
  }

  /** The verdicts' shapes at this size and in these colours. */
  #drawn(pitch: number, ratio: number, palette: Palette): Sprites {
    const key = [pitch, ratio, ...Object.values(palette.verdicts)].join();
    if (this.#sprites?.key === key) return this.#sprites;
    const gap = pitch > 12 ? 4 : pitch > 8 ? 2 : 1;
    const side = Math.max(1, Math.round((pitch - gap) * ratio));
    const canvas = document.createElement("canvas");
    canvas.width = side;
    canvas.height = side;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const pixels: Uint32Array[] = [];
    for (const alpha of [1, DIM]) {
      for (const verdict of VERDICTS) {
        if (!context) break;
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, side, side);
        drawShape(context, verdict, side, palette.verdicts[verdict]);
        const { data } = context.getImageData(0, 0, side, side);
        // The picture is dimmed as a whole: where its line lies over its area, both would shine through.
        for (let at = 3; at < data.length; at += 4) data[at] = (data[at] ?? 0) * alpha;
        pixels.push(new Uint32Array(data.buffer));
      }
    }
    this.#sprites = { key, side, pixels };
    return this.#sprites;
  }

  #titles(context: CanvasRenderingContext2D, { layout, titles }: Picture, palette: Palette): void {
    if (!titles) return;
    context.font = palette.font;
    context.fillStyle = palette.quiet;
    context.textBaseline = "middle";
    layout.blocks.forEach(({ x, y, width }, index) => {
      context.fillText(titles[index] ?? "", x, y - TITLE / 2, width);
    });
  }
}

/** One verdict's shape, filling a square. */
export function drawShape(context: CanvasRenderingContext2D, verdict: Verdict, side: number, colour: string): void {
  const scale = side / SHAPE_BOX;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  const path = new Path2D(SHAPES[verdict]);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  // A line is at least a pixel, however small the cell.
  context.lineWidth = Math.max(1.5, 1.1 / scale);
  if (FILLED.has(verdict)) context.fill(path);
  if (LINED.has(verdict)) context.stroke(path);
}

/** Frames the node that is looked at, and the one under the cursor. */
function outline(context: CanvasRenderingContext2D, picture: Picture, palette: Palette): void {
  const { layout, rows, cursor, chosen } = picture;
  if (cursor === undefined && chosen === undefined) return;
  layout.blocks.forEach((block, index) => {
    rows[index]?.forEach((row, cell) => {
      if (row !== cursor && row !== chosen) return;
      const x = block.x + (cell % block.columns) * layout.pitch;
      const y = block.y + Math.floor(cell / block.columns) * layout.pitch;
      const inset = layout.pitch > 12 ? 1.5 : 0;
      const gap = layout.pitch > 12 ? 4 : layout.pitch > 8 ? 2 : 1;
      context.strokeStyle = row === cursor ? palette.ink : palette.accent;
      context.lineWidth = 2;
      context.strokeRect(
        x - 2 + inset,
        y - 2 + inset,
        layout.pitch - gap + 4 - 2 * inset,
        layout.pitch - gap + 4 - 2 * inset,
      );
    });
  });
}

/** A group as a bar, divided as its nodes are. */
function tiles(context: CanvasRenderingContext2D, picture: Picture, palette: Palette): void {
  const { layout, rows, verdicts, bright } = picture;
  context.font = palette.font;
  context.textBaseline = "middle";
  layout.blocks.forEach(({ x, y, width }, index) => {
    const members = rows[index] ?? new Uint32Array();
    const counts = VERDICTS.map(() => 0);
    let shown = 0;
    for (const row of members) {
      if (!bright(row)) continue;
      counts[verdicts[row] ?? 0] = (counts[verdicts[row] ?? 0] ?? 0) + 1;
      shown++;
    }
    let left = x;
    VERDICTS.forEach((verdict, code) => {
      const part = ((counts[code] ?? 0) / Math.max(1, members.length)) * (width - 8);
      context.fillStyle = palette.verdicts[verdict];
      context.fillRect(left, y, part > 0 ? Math.max(1, part) : 0, 16);
      left += part;
    });
    context.strokeStyle = palette.quiet;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, width - 9, 15);
    context.fillStyle = palette.ink;
    const words = VERDICTS.flatMap((verdict, code) => (counts[code] ? `${counts[code]} ${verdict}` : []));
    context.fillText(shown === 0 ? "none here" : words.join(", "), x, y + 30, width - 8);
  });
}
