// A heatmap on the time axis: one canvas pixel per cell, scaled without smoothing, rows averaged only when there are more than device pixels.
import type { ColourRamp } from '../colourRamps';
import { html } from '../dom';
import type { TimeAxis } from '../geometry/timeAxis';

export interface HeatmapCells {
  rows: number;
  /** Height on screen, CSS px. */
  height: number;
  /** Position on the ramp, 0…1, or NaN for an empty cell; `column` is a column of the frame. */
  level: (row: number, column: number) => number;
  ramp: ColourRamp;
}

/** A canvas for `paintHeatmap`. */
export function createHeatmap(): HTMLCanvasElement {
  return html('canvas', { class: 'heatmap', 'aria-hidden': 'true' });
}

/** Draws the cells of the axis' columns; `top` is the canvas' place in its row, px. */
export function paintHeatmap(canvas: HTMLCanvasElement, axis: TimeAxis, top: number, cells: HeatmapCells): void {
  const width = axis.count;
  const height = Math.max(1, Math.min(cells.rows, Math.round(cells.height * (window.devicePixelRatio || 1))));
  canvas.width = width;
  canvas.height = height;
  canvas.style.left = `${axis.left}px`;
  canvas.style.top = `${top}px`;
  canvas.style.width = `${width * axis.column}px`;
  canvas.style.height = `${cells.height}px`;
  const image = new ImageData(width, height);
  // Whole pixels instead of four bytes each: a quarter of the time for 512 units over 512 steps.
  const pixels = new Uint32Array(image.data.buffer);
  const colours = new Uint32Array(cells.ramp.buffer, cells.ramp.byteOffset, cells.ramp.length / 4);
  for (let y = 0; y < height; y++) {
    const from = Math.floor((y * cells.rows) / height);
    const to = Math.max(from + 1, Math.floor(((y + 1) * cells.rows) / height));
    for (let x = 0; x < width; x++) {
      let level = 0;
      for (let row = from; row < to; row++) level += cells.level(row, x + axis.first);
      level /= to - from;
      if (Number.isNaN(level)) continue;
      pixels[y * width + x] = colours[Math.max(0, Math.min(255, Math.round(level * 255)))];
    }
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
