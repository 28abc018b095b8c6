// Cuts a stretch out of a document for the trainer: whole characters, and never more than was asked for.
import * as vscode from 'vscode';
import type { TextSlice } from '../../protocol/trainerMessages';
import { lengthOf } from '../runs/trainingText';
import { makeSlice, type SliceBounds } from './textSlice';

export function sliceOfDocument(document: vscode.TextDocument, bounds: SliceBounds): TextSlice {
  const range = new vscode.Range(document.positionAt(bounds.start), document.positionAt(bounds.end));
  // positionAt never points between \r and \n, so the range may begin a unit later than asked.
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  const slice = makeSlice(document.getText(range), { start, end }, lengthOf(document), document.version);
  return { ...slice, line: document.positionAt(slice.offset).line };
}
