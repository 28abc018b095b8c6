// Pooling of states over time, lane by lane, and what lanes that have ended keep (javascriptPooling.ts is the definition). Time-major:
// `pitch` bytes lie between timesteps, the rows of the lanes are dense in each. Sixteen columns at a time: a cache line.

/** Timesteps summed in float32 before they are added to the total, so that rounding does not grow with their number. */
const STEPS_PER_PARTIAL = 32;
const LINE: usize = 64;

/** pooled[b] = mean over t < lengths[b] of states[t,b]. */
export function poolMean(states: usize, lengths: usize, pooled: usize, lanes: i32, units: i32, pitch: usize): void {
  const bytes = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    const length = load<i32>(lengths + ((<usize>lane) << 2));
    let at: usize = 0;
    for (; at + LINE <= bytes; at += LINE) meanOfLine(states + at, length, pitch, pooled + at);
    for (; at < bytes; at += 4) store<f32>(pooled + at, meanOf(states + at, length, pitch));
    states += bytes;
    pooled += bytes;
  }
}

function meanOfLine(states: usize, length: i32, pitch: usize, pooled: usize): void {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  for (let first = 0; first < length; first += STEPS_PER_PARTIAL) {
    let partial0 = f32x4.splat(0);
    let partial1 = f32x4.splat(0);
    let partial2 = f32x4.splat(0);
    let partial3 = f32x4.splat(0);
    for (let t = first; t < min(length, first + STEPS_PER_PARTIAL); t++) {
      partial0 = f32x4.add(partial0, v128.load(states));
      partial1 = f32x4.add(partial1, v128.load(states, 16));
      partial2 = f32x4.add(partial2, v128.load(states, 32));
      partial3 = f32x4.add(partial3, v128.load(states, 48));
      states += pitch;
    }
    sum0 = f32x4.add(sum0, partial0);
    sum1 = f32x4.add(sum1, partial1);
    sum2 = f32x4.add(sum2, partial2);
    sum3 = f32x4.add(sum3, partial3);
  }
  const count = f32x4.splat(<f32>length);
  v128.store(pooled, f32x4.div(sum0, count));
  v128.store(pooled, f32x4.div(sum1, count), 16);
  v128.store(pooled, f32x4.div(sum2, count), 32);
  v128.store(pooled, f32x4.div(sum3, count), 48);
}

function meanOf(states: usize, length: i32, pitch: usize): f32 {
  let sum: f64 = 0;
  for (let t = 0; t < length; t++) {
    sum += <f64>load<f32>(states);
    states += pitch;
  }
  return <f32>(sum / <f64>length);
}

/** dStates[t,b] = dPooled[b] / lengths[b] for t < lengths[b], 0 later. */
export function poolMeanGradient(
  dPooled: usize,
  lengths: usize,
  dStates: usize,
  steps: i32,
  lanes: i32,
  units: i32,
  pitch: usize,
): void {
  const bytes = (<usize>units) << 2;
  for (let t = 0; t < steps; t++) {
    let from = dPooled;
    let into = dStates;
    for (let lane = 0; lane < lanes; lane++) {
      const length = load<i32>(lengths + ((<usize>lane) << 2));
      const share: f32 = t < length ? 1 / <f32>length : 0;
      const shares = f32x4.splat(share);
      let at: usize = 0;
      for (; at + 32 <= bytes; at += 32) {
        const low = f32x4.mul(v128.load(from + at), shares);
        const high = f32x4.mul(v128.load(from + at, 16), shares);
        v128.store(into + at, low);
        v128.store(into + at, high, 16);
      }
      for (; at < bytes; at += 4) store<f32>(into + at, load<f32>(from + at) * share);
      from += bytes;
      into += bytes;
    }
    dStates += pitch;
  }
}

/** pooled[b] = max over t < lengths[b] of states[t,b], NaN where one is; places[b] the first t that has it. */
export function poolMax(
  states: usize,
  lengths: usize,
  pooled: usize,
  places: usize,
  lanes: i32,
  units: i32,
  pitch: usize,
): void {
  const bytes = (<usize>units) << 2;
  for (let lane = 0; lane < lanes; lane++) {
    const length = load<i32>(lengths + ((<usize>lane) << 2));
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) maxOfFour(states + at, length, pitch, pooled + at, places + at);
    for (; at < bytes; at += 4) maxOfOne(states + at, length, pitch, pooled + at, places + at);
    states += bytes;
    pooled += bytes;
    places += bytes;
  }
}

function maxOfFour(states: usize, length: i32, pitch: usize, pooled: usize, places: usize): void {
  let most = v128.load(states);
  let place = i32x4.splat(0);
  for (let t = 1; t < length; t++) {
    states += pitch;
    const values = v128.load(states);
    place = v128.bitselect(i32x4.splat(t), place, f32x4.gt(values, most));
    most = f32x4.max(most, values);
  }
  v128.store(pooled, most);
  v128.store(places, place);
}

function maxOfOne(states: usize, length: i32, pitch: usize, pooled: usize, places: usize): void {
  let most = load<f32>(states);
  let place = 0;
  for (let t = 1; t < length; t++) {
    states += pitch;
    const value = load<f32>(states);
    if (value > most) place = t;
    most = max(most, value);
  }
  store<f32>(pooled, most);
  store<i32>(places, place);
}

/** dStates[t,b] = dPooled[b] where t = places[b], else 0. */
export function poolMaxGradient(
  dPooled: usize,
  places: usize,
  dStates: usize,
  steps: i32,
  lanes: i32,
  units: i32,
  pitch: usize,
): void {
  const bytes = (<usize>lanes * <usize>units) << 2;
  for (let t = 0; t < steps; t++) {
    const now = i32x4.splat(t);
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16)
      v128.store(dStates + at, v128.and(v128.load(dPooled + at), i32x4.eq(v128.load(places + at), now)));
    for (; at < bytes; at += 4) store<f32>(dStates + at, load<i32>(places + at) == t ? load<f32>(dPooled + at) : 0);
    dStates += pitch;
  }
}

/** to[b] = from[b] for lanes with lengths[b] ≤ t. */
export function copyEnded(from: usize, to: usize, lengths: usize, t: i32, lanes: i32, units: i32): void {
  const bytes = (<usize>units) << 2;
  for (let lane: usize = 0; lane < <usize>lanes; lane++)
    if (load<i32>(lengths + (lane << 2)) <= t) memory.copy(to + lane * bytes, from + lane * bytes, bytes);
}

/** to[b] += from[b] for lanes with lengths[b] ≤ t. */
export function addEnded(from: usize, to: usize, lengths: usize, t: i32, lanes: i32, units: i32): void {
  const bytes = (<usize>units) << 2;
  for (let lane: usize = 0; lane < <usize>lanes; lane++)
    if (load<i32>(lengths + (lane << 2)) <= t)
      for (let at = lane * bytes; at < (lane + 1) * bytes; at += 4)
        store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
}

/** values[b] = 0 for lanes with lengths[b] ≤ t. */
export function clearEnded(values: usize, lengths: usize, t: i32, lanes: i32, units: i32): void {
  const bytes = (<usize>units) << 2;
  for (let lane: usize = 0; lane < <usize>lanes; lane++)
    if (load<i32>(lengths + (lane << 2)) <= t) memory.fill(values + lane * bytes, 0, bytes);
}
