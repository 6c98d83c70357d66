// Where the values of a program are in the graph. A value of four axes can be there in several orders: as the program has it (channels last),
// with channels first, as ONNX' convolutions want it, and in blocks of channels, as ONNX Runtime's own want it; each is made from another when
// first asked for.

import { sameShape, type Shape, type Tensor } from '../../../shared/tensor/types.ts';
import type { GraphWriter } from './graphWriter.ts';
import { fillsBlocks, fromBlocks, planeOf, toBlocks } from './lower/blocks.ts';
import { join, type Windows } from './lower/windows.ts';

export type Layout = 'channelsLast' | 'channelsFirst' | 'blocked';
const TO_FIRST = [0, 3, 1, 2],
  TO_LAST = [0, 2, 3, 1];

export class Values {
  readonly graph: GraphWriter;
  private readonly names: Readonly<Record<Layout, Map<number, string>>> = { channelsLast: new Map(), channelsFirst: new Map(), blocked: new Map() };

  private readonly tiled = new Map<number, string>();
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

  /** A value that is there as [tiles, elements of a tile]; it gets its own shape when somebody asks for it. */
  setTiles(tensor: Tensor, name: string): void {
    this.tiled.set(tensor.id, name);
  }

  /** The value as [tiles, elements of a tile]. */
  inTiles(tensor: Tensor, shape: Shape): string {
    return this.tiled.get(tensor.id) ?? this.graph.node('Reshape', [this.get(tensor), this.graph.integers(shape)]);
  }

  set(tensor: Tensor, name: string, layout: Layout = 'channelsLast'): void {
    this.names[layout].set(tensor.id, name);
  }

  has(tensor: Tensor, layout: Layout): boolean {
    return this.names[layout].has(tensor.id);
  }

  /** The value in the program's own order of axes. */
  get(tensor: Tensor, layout: Layout = 'channelsLast'): string {
    const known = this.names[layout].get(tensor.id);
    if (known !== undefined) return known;
    if (layout === 'channelsFirst') return this.toFirst(tensor);
    const name = layout === 'channelsLast' ? this.toLast(tensor) : toBlocks(this.graph, this.get(tensor), tensor.shape, this.channelBlock);
    this.set(tensor, name, layout);
    return name;
  }

  private toLast(tensor: Tensor): string {
    const blocked = this.names.blocked.get(tensor.id),
      first = this.names.channelsFirst.get(tensor.id),
      windows = this.inWindows.get(tensor.id);
    if (blocked !== undefined) return fromBlocks(this.graph, blocked, tensor.shape, this.channelBlock);
    if (first !== undefined) return this.graph.node('Transpose', [first], { perm: TO_LAST });
    if (windows) return join(this.graph, windows);
    const tiled = this.tiled.get(tensor.id);
    if (tiled !== undefined) return this.graph.node('Reshape', [tiled, this.graph.integers(tensor.shape)]);
    throw new Error(`Value ${tensor.id} is used before it is computed.`);
  }

  /** A number for each channel beside a value in blocks. */
  plane(vector: Tensor, shape: Shape): string {
    return this.once(`plane/${vector.id}/${shape.join()}`, () => planeOf(this.graph, this.get(vector), shape, this.channelBlock));
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

  /** The same for an operation that treats every element alike: also in blocks, where an input is there only so and all others can follow. */
  elementwiseLayout(inputs: readonly Tensor[], output: Tensor): Layout {
    const result = output.shape;
    const canFollow = ({ shape }: Tensor) => shape.length === 0 || sameShape(shape, result) || (shape.length === 1 && shape[0] === result[3]);
    const only = (input: Tensor) => this.has(input, 'blocked') && !this.has(input, 'channelsLast') && !this.has(input, 'channelsFirst');
    // Blocks are moved for floats only.
    const floats = [...inputs, output].every(({ dtype }) => dtype === 'float32');
    if (floats && fillsBlocks(this.channelBlock, result) && inputs.some(only) && inputs.every(canFollow)) return 'blocked';
    return this.layoutFor(inputs, result.length);
  }
}

/** An axis of the program's order in the given layout. */
export const axisIn = (axis: number, layout: Layout): number => (layout === 'channelsLast' ? axis : ([0, 2, 3, 1][axis] as number));
/** A list with one entry per axis, in the given layout. */
export const listIn = <T>(list: readonly T[], layout: Layout): T[] => (layout === 'channelsLast' ? [...list] : TO_FIRST.map((axis) => list[axis] as T));
