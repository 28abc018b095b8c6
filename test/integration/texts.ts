// Texts for the suite: a small one that is worth learning, and the ones that trainings must refuse or cope with.
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** A few kB of sentences with agreement and brackets, the same every time. */
export function smallText(repetitions = 60): string {
  const one = 'The key to the cabinets (old as they are) is here. The keys to the cabinet are lost, "he said".\n';
  const two = 'A list of names {short or long} was read; the lists of a name were not.\n';
  return (one + two).repeat(repetitions);
}

export const KOREAN = '책상 위의 열쇠는 어제 산 것이다. 의자 아래의 연필들은 오래된 것들이다.\n';

/** Writes a file into the workspace and returns its URI. */
export function writeFile(name: string, content: string | Uint8Array): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('the suite needs a workspace');
  const file = path.join(folder.uri.fsPath, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return vscode.Uri.file(file);
}

/** UTF-16 little endian with a byte order mark. */
export function utf16(text: string): Uint8Array {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

/** Every character of EUC-KR by its two bytes, from the decoder, for there is no encoder. */
function eucKrTable(): Map<string, [number, number]> {
  const decoder = new TextDecoder('euc-kr');
  const table = new Map<string, [number, number]>();
  for (let lead = 0xb0; lead <= 0xc8; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return table;
}

/** ASCII and Hangul syllables as EUC-KR; throws on anything else. */
export function eucKr(text: string): Uint8Array {
  const table = eucKrTable();
  const bytes = [...text].flatMap((character) => {
    const code = character.charCodeAt(0);
    const pair = code < 128 ? [code] : table.get(character);
    if (!pair) throw new Error(`not in EUC-KR's Hangul: ${character}`);
    return pair;
  });
  return Uint8Array.from(bytes);
}
