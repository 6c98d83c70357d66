// Pictures of activation functions, computed from their own definition by the reference interpreter.

import { activationIds, activations, type ActivationId } from '../../shared/layers/activations/index.ts';
import { createBuilder } from '../../shared/tensor/builder.ts';
import { interpret, numericArray } from '../../shared/tensor/interpret.ts';

const curveRange = 3;
const points = 49;
/** For the large picture: a step of the derivative is drawn as one. */
const manyPoints = 481;

const isActivation = (id: string): id is ActivationId => (activationIds as readonly string[]).includes(id);
/** The formula of an activation; null for what is none. */
export const formulaOf = (id: string): string | null => (isActivation(id) ? activations[id].formula : null);
const xAt = (index: number, points: number): number => -curveRange + (2 * curveRange * index) / (points - 1);

/** Values over −3 … 3. Functions over several values (softmax, GLU) get a second one of 0. */
function sample(id: ActivationId, points: number): readonly number[] {
  const builder = createBuilder();
  const x = builder.input('x', [points, 2], 'float32', { kind: 'data' });
  const program = builder.build([{ name: 'y', tensor: activations[id].lower(builder, x) }]);
  const values = Array.from({ length: points * 2 }, (_, index) => (index % 2 === 0 ? xAt(index / 2, points) : 0));
  const y = interpret(program, { x: numericArray([points, 2], values) }).outputs['y'];
  const width = y?.shape[1] ?? 1;
  return Array.from({ length: points }, (_, index) => y?.data[index * width] ?? 0);
}

const known = new Map<string, string>();

/** An SVG path in a box of 40 × 26, its middle at 0; null for what is no activation. */
export function curvePath(id: string): string | null {
  if (!isActivation(id)) return null;
  const made = known.get(id) ?? draw(sample(id, points));
  known.set(id, made);
  return made;
}

/** The slope at each point, by central differences of the function itself. */
function slopes(values: readonly number[]): readonly number[] {
  const step = (2 * curveRange) / (values.length - 1);
  return values.map((_, index) => {
    const [low, high] = [Math.max(0, index - 1), Math.min(values.length - 1, index + 1)];
    return ((values[high] ?? 0) - (values[low] ?? 0)) / ((high - low) * step);
  });
}

/** A larger picture over −3 … 3: the function and its derivative as paths in a box of 240 × 96; null for what is no activation. */
export function curveAndDerivative(id: string): { readonly curve: string; readonly derivative: string } | null {
  if (!isActivation(id)) return null;
  const values = sample(id, manyPoints);
  const path = (heights: readonly number[]) =>
    heights
      .map(
        (y, index) =>
          `${index === 0 ? 'M' : 'L'}${((240 * index) / (manyPoints - 1)).toFixed(1)} ${(48 - (Math.max(-20, Math.min(20, y)) / 1.6) * 44).toFixed(1)}`,
      )
      .join('');
  return { curve: path(values), derivative: path(slopes(values)) };
}

function draw(values: readonly number[]): string {
  const place = (y: number) => 13 - (Math.max(-1.5, Math.min(1.5, y)) / 1.5) * 11;
  return values.map((y, index) => `${index === 0 ? 'M' : 'L'}${(3 + (34 * index) / (points - 1)).toFixed(1)} ${place(y).toFixed(1)}`).join('');
}
