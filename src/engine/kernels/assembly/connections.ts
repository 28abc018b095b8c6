// What leads around layers and what is dropped between them, element by element (javascriptConnections.ts is the definition).

/** into = a + b. */
export function addValues(a: usize, b: usize, into: usize, count: i32): void {
  const bytes = (<usize>count) << 2;
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    const low = f32x4.add(v128.load(a + at), v128.load(b + at));
    const high = f32x4.add(v128.load(a + at, 16), v128.load(b + at, 16));
    v128.store(into + at, low);
    v128.store(into + at, high, 16);
  }
  for (; at < bytes; at += 4) store<f32>(into + at, load<f32>(a + at) + load<f32>(b + at));
}

export function copyValues(from: usize, into: usize, count: i32): void {
  memory.copy(into, from, (<usize>count) << 2);
}

/*inline*/ function mixed(gate: v128, states: v128, carried: v128): v128 {
  return f32x4.add(carried, f32x4.mul(gate, f32x4.sub(states, carried)));
}

/** into = x + T∘(h − x). */
export function highway(gate: usize, states: usize, carried: usize, into: usize, count: i32): void {
  const bytes = (<usize>count) << 2;
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    const low = mixed(v128.load(gate + at), v128.load(states + at), v128.load(carried + at));
    const high = mixed(v128.load(gate + at, 16), v128.load(states + at, 16), v128.load(carried + at, 16));
    v128.store(into + at, low);
    v128.store(into + at, high, 16);
  }
  for (; at < bytes; at += 4) {
    const x = load<f32>(carried + at);
    store<f32>(into + at, x + load<f32>(gate + at) * (load<f32>(states + at) - x));
  }
}

/** From ∂J/∂y to ∂J/∂z of the gate, to T∘∂J/∂y and to (1 − T)∘∂J/∂y. */
export function highwayGradient(
  gate: usize,
  states: usize,
  carried: usize,
  dOutput: usize,
  dGate: usize,
  dStates: usize,
  dCarried: usize,
  count: i32,
): void {
  const bytes = (<usize>count) << 2;
  const ones = f32x4.splat(1);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const T = v128.load(gate + at);
    const dy = v128.load(dOutput + at);
    const rest = f32x4.sub(ones, T);
    const apart = f32x4.sub(v128.load(states + at), v128.load(carried + at));
    v128.store(dGate + at, f32x4.mul(f32x4.mul(dy, apart), f32x4.mul(T, rest)));
    v128.store(dStates + at, f32x4.mul(dy, T));
    v128.store(dCarried + at, f32x4.mul(dy, rest));
  }
  for (; at < bytes; at += 4) {
    const T = load<f32>(gate + at);
    const dy = load<f32>(dOutput + at);
    const rest: f32 = 1 - T;
    store<f32>(dGate + at, dy * (load<f32>(states + at) - load<f32>(carried + at)) * (T * rest));
    store<f32>(dStates + at, dy * T);
    store<f32>(dCarried + at, dy * rest);
  }
}

/*inline*/ function mixFour(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/*inline*/ function mixOne(x: u32): u32 {
  x = (x ^ (x >> 16)) * 0x7feb352d;
  x = (x ^ (x >> 15)) * 0x846ca68b;
  return x ^ (x >> 16);
}

/** into (+)= scale·from for values whose hash under the key is not below the threshold, else 0. `first` is the first value's number. */
export function dropout(
  from: usize,
  into: usize,
  count: i32,
  key: usize,
  first: u32,
  threshold: u32,
  scale: f32,
  accumulate: bool,
): void {
  const word = load<u32>(key);
  const words = i32x4.splat(<i32>word);
  const limits = i32x4.splat(<i32>threshold);
  const scales = f32x4.splat(scale);
  const bytes = (<usize>count) << 2;
  let numbers = i32x4.add(i32x4.splat(<i32>first), i32x4(0, 1, 2, 3));
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const isKept = i32x4.ge_u(mixFour(v128.xor(mixFour(numbers), words)), limits);
    const kept = v128.and(f32x4.mul(v128.load(from + at), scales), isKept);
    v128.store(into + at, accumulate ? f32x4.add(v128.load(into + at), kept) : kept);
    numbers = i32x4.add(numbers, i32x4.splat(4));
  }
  for (; at < bytes; at += 4) {
    const isKept = mixOne(mixOne(first + <u32>(at >> 2)) ^ word) >= threshold;
    const kept: f32 = isKept ? load<f32>(from + at) * scale : 0;
    store<f32>(into + at, accumulate ? load<f32>(into + at) + kept : kept);
  }
}
