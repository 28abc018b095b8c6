// Whether low layers hold what is plain to see and upper ones what takes reading, as measured in this run, with what it is held against.
import * as l10n from '@vscode/l10n';
import type {
  Annotated,
  AnnotatedProbes,
  AnnotatedVectors,
  Probed,
  ProbeAnswer,
  ProbedVectors,
} from '../../src/protocol/probes';
import type { RunRecord } from '../../src/protocol/run';

/** What the token itself tells, and what takes having read others. */
const LOW: readonly Probed[] = ['kind', 'letterCase'];
const HIGH: readonly Probed[] = ['place', 'enclosed'];

/** In the words of the run's tokens. */
export function probedName(name: Probed, unit: RunRecord['config']['unit']): string {
  const names: Record<Probed, string> = {
    kind: unit === 'words' ? l10n.t('kind of the word') : l10n.t('kind of the character'),
    letterCase: l10n.t('capital or small'),
    kindBefore: unit === 'words' ? l10n.t('kind of the word before') : l10n.t('kind of the character before'),
    place: unit === 'words' ? l10n.t('place in the sentence') : l10n.t('place in the word'),
    enclosed: l10n.t('inside quotes or brackets'),
  };
  return names[name];
}

export const vectorsName = ({ what, layer }: Pick<ProbedVectors, 'what' | 'layer'>): string =>
  what === 'embedding' ? l10n.t('embedding') : l10n.t('layer {0}', layer + 1);

export function probesSentence(
  answer: ProbeAnswer,
  unit: RunRecord['config']['unit'],
): { said: string; against: string } {
  const states = answer.vectors.filter(({ what }) => what === 'state');
  const names = answer.properties.map(({ name }) => probedName(name, unit));
  const said = readFrom(names, states, vectorsName);
  return {
    said: states.length === 1 ? said : `${said} ${hierarchy(answer)}`,
    against: againstUntrained(names, states),
  };
}

export const annotatedName = (name: Annotated): string =>
  name === 'upos' ? l10n.t('part of speech') : l10n.t('number (singular, plural)');

export function annotatedVectorsName(vectors: AnnotatedVectors, isTwoWay: boolean): string {
  if (!isTwoWay || vectors.what === 'embedding') return vectorsName(vectors);
  const direction = vectors.direction === 'forward' ? l10n.t('forward') : l10n.t('backward');
  return `${vectorsName(vectors)}, ${direction}`;
}

export function annotatedSentence({ properties, vectors }: AnnotatedProbes): { said: string; against: string } {
  const states = vectors.filter(({ what }) => what === 'state');
  const names = properties.map(({ name }) => annotatedName(name));
  const isTwoWay = vectors.some(({ direction }) => direction === 'reverse');
  return {
    said: readFrom(names, states, (each) => annotatedVectorsName(each, isTwoWay)),
    against: againstUntrained(names, states),
  };
}

/** From which states each property is read best. */
function readFrom<S extends Pick<ProbedVectors, 'scores'>>(
  names: readonly string[],
  states: readonly S[],
  nameOf: (state: S) => string,
): string {
  const list = names
    .map((name, k) => {
      const [best, ...others] = [...states].sort((a, b) => b.scores[k].now.accuracy - a.scores[k].now.accuracy);
      const alike = others.filter(({ scores }) => scores[k].now.high >= best.scores[k].now.low);
      const where =
        states.length === 1
          ? `${(100 * best.scores[k].now.accuracy).toFixed(1)} %`
          : alike.length > 0
            ? l10n.t('not told apart by layer')
            : nameOf(best);
      return `${name}: ${where}`;
    })
    .join('; ');
  return states.length === 1
    ? l10n.t('From the states of the one layer, right are: {0}.', list)
    : l10n.t('Read best from: {0}.', list);
}

function againstUntrained(names: readonly string[], states: readonly Pick<ProbedVectors, 'scores'>[]): string {
  const gained = names.filter((_, k) =>
    states.some(({ scores }) => {
      const { now, untrained } = scores[k];
      return untrained !== null && now.low > untrained.high;
    }),
  );
  if (!states.some(({ scores }) => scores.some(({ untrained }) => untrained !== null)))
    return l10n.t('Against: nothing, as these are the weights of before training, or those are not kept.');
  return gained.length === 0
    ? l10n.t(
        'Against: before training no property is read worse beyond doubt: these states hold the text without having learnt.',
      )
    : l10n.t(
        'Against: before training these are read worse beyond doubt: {0}. Of the others that cannot be said.',
        gained.join(', '),
      );
}

/** Low features fall from the lowest to the highest layer, and high ones rise: as it is said, or not. */
function hierarchy({ properties, vectors }: ProbeAnswer): string {
  const states = vectors.filter(({ what }) => what === 'state');
  const [lowest, highest] = [states[0], states[states.length - 1]];
  const moved = (names: readonly Probed[], sign: 1 | -1): boolean => {
    const of = properties.flatMap(({ name }, k) => (names.includes(name) ? [k] : []));
    const beyond = of.map((k) => {
      const [from, to] = [lowest.scores[k].now, highest.scores[k].now];
      return sign * (to.accuracy - from.accuracy) > 0 && (sign > 0 ? to.low > from.high : to.high < from.low);
    });
    return beyond.length > 0 && beyond.every(Boolean);
  };
  const [falls, rises] = [moved(LOW, -1), moved(HIGH, 1)];
  if (falls && rises)
    return l10n.t(
      'As is said of deep networks: upwards the token’s own features fade, and those that take reading grow.',
    );
  if (falls) return l10n.t('Upwards the token’s own features fade, but those that take reading do not all grow.');
  if (rises) return l10n.t('Upwards those that take reading grow, but the token’s own features do not all fade.');
  return l10n.t('That low layers hold low features and upper layers high ones does not show here.');
}
