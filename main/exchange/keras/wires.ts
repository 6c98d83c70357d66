// What comes into a layer of ours where a Keras model calls it: which tensor goes to which input, and what of the call are settings.

import type { AnyLayer } from '../../../shared/layers/layer.ts';
import { snakeCase } from '../../../shared/layers/snakeCase.ts';
import type { Call, Ref } from './graph.ts';

export interface Wire {
  readonly ref: Ref;
  /** Counted from 0. */
  readonly input: number;
}
export interface Wiring {
  readonly wires: readonly Wire[];
  /** Tensors that none of our inputs takes: `initial_state`. */
  readonly odd: readonly string[];
}

const sameRef = (a: Ref, b: Ref): boolean => a.layer === b.layer && a.call === b.call && a.output === b.output;

/** A layer that attends to one sequence alone is called with it several times: one connection says the same. */
function withoutRepeats(wires: readonly Wire[], least: number): readonly Wire[] {
  const [first, ...others] = wires;
  if (!first || others.length === 0) return wires;
  if (wires.length >= least && others.every(({ ref }) => sameRef(ref, first.ref))) return [first];
  const [second, third] = others;
  return second && third && sameRef(second.ref, third.ref) ? [first, second] : wires;
}

/** @param layer null for one that stands here without working */
export function wiringOf(layer: AnyLayer | null, { inputs }: Pick<Call, 'inputs'>): Wiring {
  const ports = typeof layer?.inputs === 'object' ? layer.inputs : null;
  const odd: string[] = [];
  let rest = 0;
  const second = layer?.keras?.call?.second;
  const apart = inputs.find(({ argument }) => second && argument === second.name);
  if (apart) {
    const others = wiringOf(layer, { inputs: inputs.filter((one) => one !== apart) });
    return { ...others, wires: [...others.wires.map(({ ref, input }) => ({ ref, input: input === 0 ? 0 : input + 1 })), { ref: apart.ref, input: 1 }] };
  }
  const wires = inputs.flatMap(({ ref, argument }, position): Wire[] => {
    if (argument !== null && argument === layer?.keras?.restArgument?.name) return [{ ref, input: ++rest }];
    if (argument === null || !layer) return [{ ref, input: position }];
    const input = ports ? ports.findIndex(({ name }) => name === argument) : argument === 'inputs' ? position : -1;
    if (input >= 0) return [{ ref, input }];
    odd.push(argument);
    return [];
  });
  const call = layer?.keras?.call;
  return {
    wires: call
      ? withoutRepeats(
          [...wires].sort((a, b) => a.input - b.input),
          call.least,
        )
      : wires,
    odd,
  };
}

/** The parameters of ours that stand in the call. */
export function callParameters(layer: AnyLayer, call: Call): Readonly<Record<string, unknown>> {
  const { settings } = call;
  const rest = layer.keras?.restArgument;
  if (rest && call.inputs.length > 1) return { [rest.parameter]: true };
  const second = layer.keras?.call?.second;
  const asked = second && call.inputs.some(({ argument }) => argument === second.name) ? { [second.parameter]: true } : {};
  const named = (layer.keras?.call?.parameters ?? []).map((parameter) => [parameter, settings[snakeCase(parameter)]] as const);
  return { ...asked, ...Object.fromEntries(named.filter(([, value]) => value !== undefined && value !== null)) };
}
