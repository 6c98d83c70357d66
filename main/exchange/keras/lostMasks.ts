// Keras 3's MultiHeadAttention takes the mask off the tensors that it reads: whatever runs after it and reads one of them sees no mask, and
// so on from there, but for layers that are handed their mask by name. So with a residual around the attention, as in nearly every
// transformer, the mask ends with the first block. Here masks go on; where Keras has lost one,
// attention looks away, and before other layers an operation that changes nothing ends it.

import { attends, endsMasks, toldOfMasks } from '../../../shared/code/keptMasks.ts';
import type { Call, KerasGraph, KerasLayer, Ref } from './graph.ts';

const beginning = ({ className, config }: KerasLayer): boolean => className === 'Masking' || config.mask_zero === true;

const keyOf = ({ layer, call, output }: Ref): string => JSON.stringify([layer, call, output]);

interface Place {
  readonly layer: KerasLayer;
  readonly call: Call;
  readonly number: number;
}

/** All calls in an order in which each comes after what feeds it; else as in the file, which is the order in which Keras works. */
function inOrder(layers: readonly KerasLayer[]): readonly Place[] {
  const ready = new Set(layers.filter(({ className }) => className === 'InputLayer').map(({ name }) => JSON.stringify([name, 0])));
  let open = layers.flatMap((layer) => layer.calls.map((call, number): Place => ({ layer, call, number })));
  const ordered: Place[] = [];
  for (let before = -1; before !== open.length; ) {
    before = open.length;
    open = open.filter((place) => {
      if (!place.call.inputs.every(({ ref }) => ready.has(JSON.stringify([ref.layer, ref.call])))) return true;
      ready.add(JSON.stringify([place.layer.name, place.number]));
      ordered.push(place);
      return false;
    });
  }
  return ordered;
}

/** Goes through a model as Keras does, and notes whose masks are gone. */
class Masks {
  /** Results that have a mask here. */
  private readonly masked = new Set<string>();
  private readonly lost = new Set<string>();
  private readonly last: ReadonlySet<string>;
  /** Calls, and which of the tensors that feed them must come without a mask. */
  readonly cuts = new Map<Call, ReadonlySet<string>>();
  /** Calls of attention that see no mask at all, but hand one on here: layers after it may be told of it by name. */
  readonly ignoring = new Set<Call>();

  constructor({ outputs }: KerasGraph) {
    this.last = new Set(outputs.map((ref) => JSON.stringify([ref.layer, ref.call])));
  }

  run({ layer, call, number }: Place): void {
    const refs = call.inputs.map(({ ref }) => keyOf(ref));
    const gone = refs.filter((key) => this.lost.has(key) && this.masked.has(key));
    const own = keyOf({ layer: layer.name, call: number, output: 0 });
    const isLast = this.last.has(JSON.stringify([layer.name, number]));
    const isTold = toldOfMasks.has(layer.className);
    if (!isTold && gone.length > 0 && (isLast || attends.has(layer.className))) this.cuts.set(call, new Set(gone));
    if (gone.length === refs.length && attends.has(layer.className)) this.ignoring.add(call);
    const hasMask = beginning(layer) || (refs.some((key) => this.masked.has(key)) && !endsMasks.test(layer.className));
    if (hasMask) this.masked.add(own);
    if (hasMask && !isTold && this.losesBy(layer, refs)) this.lost.add(own);
    if (layer.className === 'MultiHeadAttention' && layer.isOwn) for (const key of refs) this.lost.add(key);
  }

  /** Attention hands on the mask of its query. */
  private losesBy({ className }: KerasLayer, refs: readonly string[]): boolean {
    const told = className.includes('Attention') ? refs.slice(0, 1) : refs;
    return told.some((key) => this.lost.has(key));
  }
}

/** @returns the model with its masks ended where Keras loses them, and whether there were any */
export function withLostMasks(graph: KerasGraph): { readonly graph: KerasGraph; readonly hasLost: boolean } {
  const masks = new Masks(graph);
  for (const place of inOrder(graph.layers)) masks.run(place);
  if (masks.cuts.size === 0) return { graph, hasLost: false };
  const enders = new Map<string, KerasLayer>();
  const ended = (ref: Ref): Ref => {
    const name =
      enders.get(keyOf(ref))?.name ?? freeName(graph.layers, `${ref.layer}_unmasked${ref.call + ref.output === 0 ? '' : `_${ref.call}_${ref.output}`}`);
    enders.set(keyOf(ref), ender(name, ref));
    return { layer: name, call: 0, output: 0 };
  };
  const ignores = ({ calls }: KerasLayer) => calls.every((call) => masks.ignoring.has(call));
  const layers = graph.layers.map((layer) => ({
    ...layer,
    config: layer.calls.length > 0 && ignores(layer) ? { ...layer.config, ignore_mask: true } : layer.config,
    calls: layer.calls.map((call) => {
      const cut = ignores(layer) ? undefined : masks.cuts.get(call);
      return cut ? { ...call, inputs: call.inputs.map((one) => (cut.has(keyOf(one.ref)) ? { ...one, ref: ended(one.ref) } : one)) } : call;
    }),
  }));
  return { graph: { ...graph, layers: [...layers, ...enders.values()] }, hasLost: true };
}

const freeName = (layers: readonly KerasLayer[], wanted: string): string =>
  layers.some(({ name }) => name === wanted) ? freeName(layers, `${wanted}_`) : wanted;

/** No operation hands a mask on, in Keras neither. */
function ender(name: string, ref: Ref): KerasLayer {
  const plain = { className: 'Expression', isOwn: true, isFormula: true, config: { formula: 'x * 1' }, rank: null, frozen: false, group: '', identity: null };
  return { ...plain, name, outer: name, calls: [{ inputs: [{ ref, argument: null }], settings: {} }] };
}
