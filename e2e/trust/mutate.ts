// A sound file made unsound: seeded, so that a seed names the file.

import { randomBits, randomKey } from '../../shared/lib/random.ts';

type Draw = (limit: number, what: string, i?: number) => number;
const dice =
  (seed: number): Draw =>
  (limit, what, i = 0) =>
    randomBits(randomKey(seed, what), 0, i) % Math.max(1, limit);

/** One to eight bytes written over: any, or such as mean something to readers; every other time near the start, where structure is. */
function overwritten(sound: Uint8Array, seed: number, draw: Draw): Uint8Array {
  const bytes = Uint8Array.from(sound);
  const reach = seed % 2 ? bytes.length : Math.min(bytes.length, 512);
  const telling = [0, 255, 127, 128, ...Buffer.from('09-,."{}[]en\n')];
  for (let i = draw(8, 'count'); i >= 0; i--)
    bytes[draw(reach, 'place', i)] = draw(2, 'telling', i) ? (telling[draw(telling.length, 'which', i)] as number) : draw(256, 'value', i);
  return bytes;
}

/** A piece left out, or put in a second time somewhere else. */
function moved(sound: Uint8Array, draw: Draw, twice: boolean): Uint8Array {
  const from = draw(sound.length, 'from'),
    piece = sound.subarray(from, from + 1 + draw(64, 'length')),
    to = twice ? draw(sound.length, 'to') : from;
  return Buffer.concat([sound.subarray(0, to), twice ? piece : new Uint8Array(), sound.subarray(twice ? to : from + piece.length)]);
}

/** Mostly bytes written over; some files are cut off, some lack a piece or hold one twice. */
export function mutated(sound: Uint8Array, seed: number): Uint8Array {
  const draw = dice(seed);
  if (seed % 7 === 0) return sound.subarray(0, draw(sound.length, 'end'));
  if (seed % 7 === 1) return moved(sound, draw, seed % 2 === 0);
  return overwritten(sound, seed, draw);
}
