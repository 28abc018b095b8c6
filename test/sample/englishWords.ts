// The words of the English sample. Every noun takes a regular -s and no singular ends in s, so number can be read off a word.

export const PEOPLE = [
  'keeper', 'sailor', 'pilot', 'clerk', 'painter', 'visitor', 'carpenter', 'captain', 'doctor', 'teacher', 'neighbour',
  'engineer', 'cousin', 'gardener', 'stranger', 'widow', 'farmer', 'baker', 'miller', 'singer', 'fiddler', 'pedlar',
  'surveyor', 'apprentice', 'daughter', 'fisher', 'inspector', 'postmaster',
]; // prettier-ignore

export const THINGS = [
  'lamp', 'rope', 'window', 'door', 'ladder', 'barrel', 'mirror', 'boat', 'bell', 'chart', 'lantern', 'chain', 'stone',
  'clock', 'table', 'stove', 'gull', 'goat', 'kettle', 'book', 'letter', 'shutter', 'wheel', 'hinge', 'candle', 'flag',
  'anchor', 'oar', 'net', 'basket', 'map', 'signal', 'stair', 'beam', 'telescope',
]; // prettier-ignore

export const PLACES = [
  'island', 'harbour', 'village', 'tower', 'bay', 'shore', 'cliff', 'quay', 'garden', 'cellar', 'chapel', 'terrace',
  'kitchen', 'orchard', 'inlet', 'causeway', 'workshop', 'meadow',
]; // prettier-ignore

/** What people do to things: base form and past participle. */
export const DEEDS: readonly [base: string, participle: string][] = [
  ['paint', 'painted'], ['mend', 'mended'], ['carry', 'carried'], ['watch', 'watched'], ['clean', 'cleaned'],
  ['count', 'counted'], ['remember', 'remembered'], ['know', 'known'], ['follow', 'followed'], ['hear', 'heard'],
  ['see', 'seen'], ['draw', 'drawn'], ['lift', 'lifted'], ['polish', 'polished'], ['buy', 'bought'], ['sell', 'sold'],
  ['borrow', 'borrowed'], ['lose', 'lost'], ['find', 'found'], ['choose', 'chosen'], ['keep', 'kept'],
  ['move', 'moved'], ['cover', 'covered'], ['describe', 'described'], ['study', 'studied'], ['weigh', 'weighed'],
]; // prettier-ignore

/** What things do by themselves. */
export const STIRRINGS = [
  'stand', 'shine', 'rattle', 'wait', 'gleam', 'lean', 'creak', 'rest', 'tremble', 'rust', 'drip', 'sway', 'knock',
  'glow', 'fade', 'turn', 'shift', 'settle',
]; // prettier-ignore

export const HABITS = ['write', 'sing', 'sleep', 'whistle', 'argue', 'laugh', 'listen', 'complain', 'work', 'read'];

export const PEOPLE_ADJECTIVES = [
  'old', 'young', 'patient', 'quiet', 'cheerful', 'tired', 'careful', 'stubborn', 'honest', 'curious', 'sleepy',
]; // prettier-ignore

export const THING_ADJECTIVES = [
  'old', 'new', 'heavy', 'green', 'rusty', 'small', 'broken', 'bright', 'wooden', 'narrow', 'grey', 'damp', 'polished',
]; // prettier-ignore

export const STATES = [
  'ready', 'cold', 'clean', 'older than the tower', 'safe', 'wet through', 'worth the trouble', 'in good order',
  'late again', 'warm by noon', 'hard to find', 'never far away',
]; // prettier-ignore

export const TIMES = [
  'before sunrise', 'after supper', 'at noon', 'in the evening', 'every Sunday', 'when the tide turns',
  'until the fog lifts', 'while it rains', 'at the change of the watch', 'twice a week', 'in all weathers',
]; // prettier-ignore

export const PREPOSITIONS = ['of', 'near', 'beside', 'behind', 'from', 'above', 'below', 'with', 'opposite'];

export const SHIPS = [
  'Amber Gull', 'Patient Ann', 'Northern Wren', 'Second Sunday', 'Copper Moth', 'Lady of Orrin', 'Blue Thistle',
  'Honest Margin', 'Salt and Silver', 'Winter Barley', 'Little Comet', 'Grey Duchess', 'Plover', 'Tall Promise',
  'Morning Errand', 'Juniper', 'Brass Button', 'Hannah Vane', 'Quiet Harbour', 'Seventh Sister', 'Merry Ledger',
  'Wandering Hen', 'Iron Lily', 'Long Story', 'Candlemas', 'Nettle', 'Fair Question', 'Old Fiddle',
]; // prettier-ignore

export const CARGOES = [
  'timber', 'salt', 'lamp oil', 'wool', 'slate', 'barley', 'coal', 'tar', 'apples', 'rope and canvas', 'dried fish',
  'paper', 'window glass', 'bricks',
]; // prettier-ignore

export const PORTS = ['Orrin', 'Dunmarrow', 'Saltby', 'Kestrel Point', 'Fennel Quay', 'Ost', 'Hallow Bay', 'Tarn'];

export const NUMBERS = [
  'no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
]; // prettier-ignore

export const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

export interface Person {
  name: string;
  role: string;
  subject: 'she' | 'he';
  object: 'her' | 'him';
  possessive: 'her' | 'his';
}

const woman = (name: string, role: string): Person => ({
  name,
  role,
  subject: 'she',
  object: 'her',
  possessive: 'her',
});
const man = (name: string, role: string): Person => ({ name, role, subject: 'he', object: 'him', possessive: 'his' });

/** The three who keep the watch, in the order of their turns, and those who come and go. */
export const WATCH = [
  woman('Maren Holt', 'first keeper'),
  man('Tobias Rook', 'second keeper'),
  woman('Ines Calder', 'third keeper'),
];
export const GUESTS = [
  man('Jonas Pell', 'pilot'),
  woman('Agnes Thorne', 'doctor'),
  man('Edwin Marsh', 'postmaster'),
  woman('Clara Wynn', 'teacher'),
  man('Silas Crane', 'carpenter'),
  woman('Ottilie Brand', 'miller'),
];
