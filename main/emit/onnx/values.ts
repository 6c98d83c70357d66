// Where the values of a program are in the graph. A value of four axes can be there twice: as the program has it (channels last)
// and with channels first, as ONNX' convolutions want it; either is made from the other when first asked for.

import type { Tensor } from '../../../shared/tensor/types.ts';
import type { GraphWriter } from './graphWriter.ts';
import { join, type Windows } from './lower/windows.ts';

export type Layout = 'channelsLast' | 'channelsFirst';
const TO_FIRST = [0, 3, 1, 2],
  TO_LAST = [0, 2, 3, 1];

export class Values {
  readonly graph: GraphWriter;
  private readonly names: Readonly<Record<Layout, Map<number, string>>> = { channelsLast: new Map(), channelsFirst: new Map() };

  private readonly inWindows = new Map<number, Windows>();
  private readonly made = new Map<string, string>();

  /** How many channels make a block of ONNX Runtime's blocked convolutions; 0 where there are none. */
  readonly channelBlock: number;

  constructor(graph: GraphWriter, channelBlock = 0) {
    this.graph = graph;
    this.channelBlock = channelBlock;
  }

  /** Something made from values that several operations may want; made when first asked for. */
  once(key: string, make: () => string): string {
    const name = this.made.get(key) ?? make();
    this.made.set(key, name);
    return name;
  }

  isMade(key: string): boolean {
    return this.made.has(key);
  }

  /** A value that is there as the places of pooling windows; the image is put together when somebody asks for it. */
  setWindows(tensor: Tensor, windows: Windows): void {
    this.inWindows.set(tensor.id, windows);
  }

  windows(tensor: Tensor): Windows | undefined {
    return this.inWindows.get(tensor.id);
  }

  set(tensor: Tensor, name: string, layout: Layout = 'channelsLast'): void {
    this.names[layout].set(tensor.id, name);
  }

  has(tensor: Tensor, layout: Layout): boolean {
    return this.names[layout].has(tensor.id);
  }

  /** The value in the program's own order of axes. */
  get(tensor: Tensor, layout: Layout = 'channelsLast'): string {
    return this.names[layout].get(tensor.id) ?? (layout === 'channelsLast' ? this.toLast(tensor) : this.toFirst(tensor));
  }

  private toLast(tensor: Tensor): string {
    const first = this.names.channelsFirst.get(tensor.id),
      windows = this.inWindows.get(tensor.id);
    if (first === undefined && windows) {
      const image = join(this.graph, windows);
      this.set(tensor, image);
      return image;
    }
    if (first === undefined) throw new Error(`Value ${tensor.id} is used before it is computed.`);
    const name = this.graph.node('Transpose', [first], { perm: TO_LAST });
    this.set(tensor, name);
    return name;
  }

  /** For element-wise work beside a channels-first value, shorter shapes are aligned with it: a vector lies along the channels. */
  private toFirst(tensor: Tensor): string {
    const last = this.get(tensor),
      rank = tensor.shape.length;
    if (rank === 0) return last;
    if (rank !== 1 && rank !== 4) throw new Error(`A value of ${rank} axes has no channels-first form.`);
    const name =
      rank === 4
        ? this.graph.node('Transpose', [last], { perm: TO_FIRST })
        : this.graph.node('Reshape', [last, this.graph.integers([tensor.shape[0] as number, 1, 1])]);
    this.set(tensor, name, 'channelsFirst');
    return name;
  }

  /**
   * The order in which an element-wise operation on these inputs costs least: channels first when an input of the result's rank is there
   * only so, and all others can follow.
   */
  layoutFor(inputs: readonly Tensor[], rank: number): Layout {
    if (rank !== 4) return 'channelsLast';
    const canFollow = inputs.every(({ shape }) => shape.length === 0 || shape.length === 1 || shape.length === 4);
    const only = inputs.some((input) => input.shape.length === 4 && !this.has(input, 'channelsLast') && this.has(input, 'channelsFirst'));
    return canFollow && only ? 'channelsFirst' : 'channelsLast';
  }
}

/** An axis of the program's order in the given layout. */
export const axisIn = (axis: number, layout: Layout): number => (layout === 'channelsLast' ? axis : ([0, 2, 3, 1][axis] as number));
/** A list with one entry per axis, in the given layout. */
export const listIn = <T>(list: readonly T[], layout: Layout): T[] => (layout === 'channelsLast' ? [...list] : TO_FIRST.map((axis) => list[axis] as T));
