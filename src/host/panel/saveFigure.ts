// Writes a figure of the inspector to a place that the person chooses, and says where it is.
import type { FromInspector } from '../../protocol/inspectorMessages';
import type { Translate } from '../translate';

export type SavedFigure = Omit<Extract<FromInspector, { kind: 'saveFigure' }>, 'kind'>;

/** What of the editor is needed; `Place` is its URI. */
export interface FigureEditor<Place> {
  /** undefined when the person thought better of it. Asks before anything is overwritten. */
  choosePlace(name: string, kinds: Record<string, string[]>): Promise<Place | undefined>;
  /** Rejects when the place cannot be written. */
  write(place: Place, bytes: Uint8Array): Promise<void>;
  /** Resolves to the button that was pressed. */
  tell(message: string, button: string): Promise<string | undefined>;
  warn(message: string): void;
  open(place: Place): Promise<void>;
  nameOf(place: Place): string;
}

/** Resolves when the figure is written and what was asked about it is answered; never rejects for a place that cannot be written. */
export async function saveFigure<Place>(
  { name, extension, content }: SavedFigure,
  editor: FigureEditor<Place>,
  t: Translate,
): Promise<void> {
  const kinds = {
    svg: t('SVG drawing'),
    csv: t('CSV table'),
    png: t('PNG picture'),
  };
  const place = await editor.choosePlace(`${name}.${extension}`, { [kinds[extension]]: [extension] });
  if (place === undefined) return;
  try {
    await editor.write(place, extension === 'png' ? bytesOf(content) : new TextEncoder().encode(content));
  } catch (error) {
    editor.warn(
      t('{0} could not be saved: {1}', editor.nameOf(place), error instanceof Error ? error.message : String(error)),
    );
    return;
  }
  const open = t('Open');
  if ((await editor.tell(t('Saved {0}.', editor.nameOf(place)), open)) === open) await editor.open(place);
}

/** Bytes of a base64 text. */
function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
