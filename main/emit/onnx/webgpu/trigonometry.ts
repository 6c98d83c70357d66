// Sine and cosine for the WebGPU provider. The device's own may be off by 2⁻¹¹ (that is all WebGPU asks of them), and by any amount far from
// zero; here the angle is brought to −π/2 … π/2 and a polynomial is right to the last bits of float32.

import type { GraphWriter } from '../graphWriter.ts';
import { type Lowering, plain } from '../lowering.ts';

/** π in three parts, the first two with few enough bits that whole multiples of them are exact. */
const PI = [3.140625, 0.0009670257568359375, 6.277114152908325e-7];
/** sin(r) = r + r³ (c₀ + c₁ r² + …), the coefficients of its Taylor series: beyond the last, less than 2⁻²⁴ at π/2. */
const COEFFICIENTS = [-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800];

/** x − k π, without losing the digits that cancel. */
function rest(graph: GraphWriter, x: string, k: string): string {
  return PI.reduce((left, part) => graph.node('Sub', [left, graph.node('Mul', [k, graph.scalar(part)])]), x);
}

function sineNearZero(graph: GraphWriter, r: string): string {
  const square = graph.node('Mul', [r, r]);
  const [last = 0, ...before] = [...COEFFICIENTS].reverse();
  const series = before.reduce((sum, c) => graph.node('Add', [graph.node('Mul', [sum, square]), graph.scalar(c)]), graph.scalar(last));
  return graph.node('Add', [r, graph.node('Mul', [graph.node('Mul', [r, square]), series])]);
}

/** 1 for even, −1 for odd whole numbers. */
function sign(graph: GraphWriter, k: string): string {
  const half = graph.node('Mul', [k, graph.scalar(0.5)]);
  const odd = graph.node('Sub', [half, graph.node('Floor', [half])]);
  return graph.node('Sub', [graph.scalar(1), graph.node('Mul', [odd, graph.scalar(4)])]);
}

/** sin(x + quarter · π/2), for a quarter of 0 or 1. */
function sine(graph: GraphWriter, x: string, quarter: 0 | 1): string {
  const turns = graph.node('Add', [graph.node('Mul', [x, graph.scalar(1 / Math.PI)]), graph.scalar(quarter === 0 ? 0.5 : 1)]);
  const k = graph.node('Floor', [turns]);
  const shifted = quarter === 0 ? k : graph.node('Sub', [k, graph.scalar(0.5)]);
  return graph.node('Mul', [sign(graph, k), sineNearZero(graph, rest(graph, x, shifted))]);
}

export const sin: Lowering = plain(({ graph, values, inputs: [x] }) => sine(graph, x ? values.get(x) : '', 0));
export const cos: Lowering = plain(({ graph, values, inputs: [x] }) => sine(graph, x ? values.get(x) : '', 1));
