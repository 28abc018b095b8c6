// Which tokens drive a unit, from its state after every token of a text: means by kind of token, the strongest places, and how much of
// the state's variance the token just read explains (η² = Σ n_v (m_v − m)² / Σ (h − m)²). Sums in float64.

/** Two strongest places are at least so many tokens apart: the neighbours of a peak say nothing new. */
const APART = 40;
/** Places kept while reading, so that merged neighbours leave enough. */
const KEPT = 64;

export interface KindOfToken {
  id: number;
  /** Mean state after it. */
  mean: number;
  count: number;
}

export interface Place {
  position: number;
  value: number;
}

export class DriverStatistics {
  count = 0;
  private sum = 0;
  private squares = 0;
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;
  private readonly highest = new Extremes((a, b) => a - b);
  private readonly lowest = new Extremes((a, b) => b - a);

  /** `kinds` is the size of the vocabulary. */
  constructor(kinds: number) {
    this.sums = new Float64Array(kinds);
    this.counts = new Float64Array(kinds);
  }

  /** The state `value` after the token `id` at `position` of the text. */
  add(id: number, value: number, position: number): void {
    this.count++;
    this.sum += value;
    this.squares += value * value;
    this.sums[id] += value;
    this.counts[id]++;
    this.highest.add(position, value);
    this.lowest.add(position, value);
  }

  get mean(): number {
    return this.sum / this.count;
  }

  /** Standard deviation of the state. */
  get deviation(): number {
    return Math.sqrt(Math.max(0, this.squares / this.count - this.mean ** 2));
  }

  /** Kinds of token that occurred. */
  get kinds(): number {
    return this.counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  }

  /** η², 0…1; NaN for a state that never changed. */
  get explained(): number {
    const total = this.squares - this.count * this.mean ** 2;
    let between = 0;
    this.counts.forEach((count, id) => {
      if (count > 0) between += count * (this.sums[id] / count - this.mean) ** 2;
    });
    return total > 1e-12 * this.count ? Math.min(1, between / total) : NaN;
  }

  /** Kinds that occurred `atLeast` times, by their mean, highest first. */
  byMean(atLeast: number): KindOfToken[] {
    const kinds: KindOfToken[] = [];
    this.counts.forEach((count, id) => {
      if (count >= atLeast) kinds.push({ id, mean: this.sums[id] / count, count });
    });
    return kinds.sort((a, b) => b.mean - a.mean || a.id - b.id);
  }

  /** The `count` places of the highest and of the lowest states, strongest first. */
  places(count: number): { high: Place[]; low: Place[] } {
    return { high: this.highest.best.slice(0, count), low: this.lowest.best.slice(0, count) };
  }
}

/** Keeps the strongest places, one of each neighbourhood. */
class Extremes {
  /** Strongest first. */
  best: Place[] = [];

  constructor(private readonly stronger: (a: number, b: number) => number) {}

  add(position: number, value: number): void {
    const full = this.best.length === KEPT;
    if (full && this.stronger(value, this.best[KEPT - 1].value) <= 0) return;
    const isNear = (place: Place): boolean => Math.abs(place.position - position) < APART;
    if (this.best.some((place) => isNear(place) && this.stronger(place.value, value) >= 0)) return;
    const kept = this.best.filter((place) => !isNear(place));
    const at = kept.findIndex((place) => this.stronger(value, place.value) > 0);
    kept.splice(at < 0 ? kept.length : at, 0, { position, value });
    this.best = kept.slice(0, KEPT);
  }
}
