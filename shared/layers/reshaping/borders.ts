// What zero padding and cropping share: so many rows, columns or steps at each end. No layer itself.

import { integer } from '../../lib/fields.ts';
import { LayerError, type ParameterRepair, sampleShape } from '../layer.ts';
import type { Tensor } from '../../tensor/types.ts';

/** How much at one end. `what` it counts: `rows`. */
export const borderField = (label: string, what: string, usual: number) =>
  integer({ label, help: `How many ${what}.`, min: 0, max: 100_000, sliderMax: 16, default: usual });

/** A pair of numbers in a Keras configuration, where one may stand for both; null for anything else. */
export function pairOfKeras(value: unknown): readonly [number, number] | null {
  const [first, second] = Array.isArray(value) ? value : [value, value];
  return Number.isInteger(first) && Number.isInteger(second) && (!Array.isArray(value) || value.length === 2) ? [first, second] : null;
}

export interface Sides {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The four numbers out of our parameters, as Keras writes them: [[top, bottom], [left, right]]. */
export const sidesToKeras =
  (name: 'padding' | 'cropping') =>
  ({ top, bottom, left, right }: Sides) => ({
    top: undefined,
    bottom: undefined,
    left: undefined,
    right: undefined,
    [name]: [
      [top, bottom],
      [left, right],
    ],
  });

/** Back from Keras: one number, one for rows and columns each, or one for each side; null for anything else. */
export const sidesOfKeras =
  (name: 'padding' | 'cropping') =>
  ({ [name]: value }: Readonly<Record<string, unknown>>): Sides | null => {
    if (value === undefined) return null;
    const [rows, columns] =
      Array.isArray(value) && value.length === 2 ? [pairOfKeras(value[0]), pairOfKeras(value[1])] : [pairOfKeras(value), pairOfKeras(value)];
    return rows && columns ? { top: rows[0], bottom: rows[1], left: columns[0], right: columns[1] } : null;
  };

/** `1` where all sides are equal; else top, bottom, left, right. */
export function sidesWords({ top, bottom, left, right }: Sides): string {
  if (top === bottom && left === right) return top === left ? `${top} all around` : `${top} × ${left} all around`;
  return `top ${top}, bottom ${bottom}, left ${left}, right ${right}`;
}

export interface Faces extends Sides {
  readonly front: number;
  readonly back: number;
}

/** The six numbers of a volume as Keras writes them. */
export const facesToKeras =
  (name: 'padding' | 'cropping') =>
  ({ front, back, ...sides }: Faces) => {
    const { [name]: image, ...none } = sidesToKeras(name)(sides);
    return { ...none, front: undefined, back: undefined, [name]: [[front, back], ...(image as readonly unknown[])] };
  };

/** Back from Keras: one number, one for each axis, or one for each side; null for anything else. */
export const facesOfKeras =
  (name: 'padding' | 'cropping') =>
  ({ [name]: value }: Readonly<Record<string, unknown>>): Faces | null => {
    const three = Array.isArray(value) && value.length === 3 ? value : [value, value, value];
    const [depth, rows, columns] = three.map(pairOfKeras);
    if (value === undefined || !depth || !rows || !columns) return null;
    return { front: depth[0], back: depth[1], top: rows[0], bottom: rows[1], left: columns[0], right: columns[1] };
  };

/** `1 all around` where all are equal; else by axis. */
export function faceWords({ front, back, ...sides }: Faces): string {
  const { top, bottom, left, right } = sides;
  if ([back, top, bottom, left, right].every((size) => size === front)) return `${front} all around`;
  return `depth ${front}, ${back} · rows ${top}, ${bottom} · columns ${left}, ${right}`;
}

/** What is left after cutting; at least one place must remain. @throws LayerError */
export function remaining(input: Tensor, axis: number, cut: number, what: string, repair: ParameterRepair): number {
  const left = (input.shape[axis] as number) - cut;
  if (left >= 1) return left;
  throw new LayerError({
    code: 'crop-too-large',
    input: 0,
    what: `Cutting ${cut} ${what} off ${sampleShape(input)} leaves nothing.`,
    why: 'At least one must remain.',
    repairs: [repair],
  });
}
