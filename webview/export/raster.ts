// A figure's SVG as a PNG of two pixels per CSS pixel.
import type { FigureFile } from './standaloneSvg';

const SCALE = 2;
/** Larger canvases fail in Chromium. */
const LONGEST_SIDE = 16_384;
const MOST_PIXELS = 64e6;

/** @throws Error when the picture cannot be drawn */
export async function pngOf({ markup, width, height }: FigureFile): Promise<Blob> {
  const scale = Math.min(SCALE, LONGEST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
  const url = URL.createObjectURL(new Blob([markup], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no PNG')))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Base64 of a blob's bytes. */
export function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('the PNG could not be read'));
    reader.readAsDataURL(blob);
  });
}
