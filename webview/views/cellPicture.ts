// What the diagram and the equations of a cell are made from: the unit's numbers at the focus step, written so that they agree.
import * as l10n from '@vscode/l10n';
import type { LayerPlace } from '../../src/protocol/layerPlace';
import type { UnitTerms } from '../../src/protocol/questions';
import type { GateInfo } from '../../src/protocol/traceFrame';
import {
  CELL_RULES,
  agreeingDecimals,
  cellValues,
  decimal,
  type CellValues,
  type Decimals,
} from '../geometry/cellNumbers';
import { gateTermsAt, preActivationRules, resetsAfterProduct, type GateTerms } from '../geometry/cellTermNumbers';
import { askedOf, hasPlaces, placeText, stepBefore } from '../networkPlace';
import type { Picture } from '../picture';
import { gateTerm } from './gateTerms';

/** What stands where a number is not known yet. */
export const UNKNOWN = '…';

export interface CellPicture {
  cell: string;
  /** Focus step, and the one before it in the order of reading as it is written: "94". */
  step: number;
  before: string;
  /** The layer and direction, and how it is called where there are several. */
  place: LayerPlace;
  placeName: string;
  unit: number;
  units: number;
  token: string;
  gates: Record<string, GateInfo>;
  values: CellValues;
  decimals: Decimals;
  /** null while the trainer has not answered. */
  terms: GateTerms[] | null;
  termDecimals: Decimals;
  /** The terms are of other weights or another window than the gates. */
  termsStale: boolean;
  resetsAfter: boolean;
}

export interface KnownTerms {
  terms: UnitTerms | null;
  stale: boolean;
}

/** What is known of the focus unit's terms in this window; asked for where needed, once for all views. */
export function knownTerms({ header, questions, unit, place }: Picture): KnownTerms & { problem: string | null } {
  const { runId, step, tokens, documentVersion } = header;
  const moment = [runId, step, tokens[0]?.start, tokens.length, documentVersion].join(' ');
  const known = questions.about({ about: 'cellTerms', unit, ...askedOf(header, place) }, moment, 'cell');
  return { terms: known.value, stale: known.stale || known.step !== step, problem: known.problem };
}

/** The cell at the focus of a picture. Terms of another window, with other steps, are left out. */
export function cellPicture(picture: Picture, known: KnownTerms): CellPicture {
  const { header, arrays, focus, unit, place } = picture;
  // What reads backward begins from zero at the end of the window, whatever comes after it.
  const beginsFromZero = place.reverse || (header.startsText && header.warmUp === 0);
  const answered = known.terms;
  const before =
    answered && !known.stale
      ? { hidden: answered.initialHidden, cell: answered.initialCell }
      : beginsFromZero
        ? { hidden: 0, cell: 0 }
        : null;
  const values = cellValues(header, arrays, focus, unit, before, place);
  const fits = answered !== null && answered.input.length === header.tokens.length * answered.bias.length;
  const terms = fits ? gateTermsAt(header, answered, focus, values) : null;
  const rules = CELL_RULES[header.cell] ?? [];
  return {
    cell: header.cell,
    step: focus,
    before: String(stepBefore(place, focus)),
    place,
    placeName: hasPlaces(header) ? placeText(place, header) : '',
    unit,
    units: header.hiddenUnits,
    token: header.tokens[focus]?.text ?? '',
    gates: Object.fromEntries(header.gates.map((gate) => [gate.key, gate])),
    values,
    decimals: agreeingDecimals({ rules, values }),
    terms,
    termDecimals: agreeingDecimals(
      ...(terms ?? []).map(({ activation, resetsAfter, values: own }) => ({
        rules: known.stale ? [] : preActivationRules(activation, resetsAfter),
        values: own,
      })),
    ),
    termsStale: known.stale,
    resetsAfter: resetsAfterProduct(header),
  };
}

/** A value that goes into the equations of the states. */
export function input({ values, decimals }: CellPicture, key: string): string {
  return key in values ? decimal(values[key], decimals.inputs) : UNKNOWN;
}

/** A state that comes out of them. */
export function result({ values, decimals }: CellPicture, key: string): string {
  return decimal(values[key], decimals.results);
}

/** A number on its way through the cell, made of others: as a result. */
export function between({ decimals }: CellPicture, value: number): string {
  return Number.isFinite(value) ? decimal(value, decimals.results) : UNKNOWN;
}

/** The pre-activation of a gate, as far as it is known. */
export function preActivation({ terms, termDecimals }: CellPicture, key: string): string {
  const own = terms?.find(({ gate }) => gate.key === key);
  return own ? decimal(own.values.sum, termDecimals.results) : UNKNOWN;
}

/** What a gate says on hover: "forget gate of unit 87: 0.592". */
export function gateTitle(picture: CellPicture, key: string, text: string): string {
  return l10n.t(
    '{0} of unit {1} at step {2}: {3}',
    gateTerm(picture.gates[key].name),
    picture.unit,
    picture.step,
    text,
  );
}
