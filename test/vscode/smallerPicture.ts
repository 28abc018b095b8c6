// Pictures for the papers: 256 colours are enough for a window of VS Code, and take a third of the room in the package.
import sharp from 'sharp';

/** Writes a screenshot as a PNG of at most 256 colours. */
export async function writeSmallerPicture(png: Buffer, file: string): Promise<void> {
  await sharp(png).png({ palette: true, colours: 256, dither: 0.5, effort: 10 }).toFile(file);
}
