// Writes an ONNX graph for ONNX Runtime's WebGPU provider: operators that it has no kernel for, or only for some of their forms, are written
// in others when they are added, whichever lowering asks for them. What needs the shapes of our operations is in lowerings.ts.

import { type AttributeInput, GraphWriter } from '../graphWriter.ts';

/** A shader of the device binds one buffer for each input and output. WebGPU promises eight, and the input takes one. */
const MOST_PARTS = 7;

type Attributes = Readonly<Record<string, AttributeInput>>;
type Writing = (inputs: readonly string[], attributes: Attributes) => string;

export class WebGpuGraph extends GraphWriter {
  private readonly lists = new Map<string, readonly number[]>();

  private readonly written: Readonly<Record<string, Writing>> = {
    Sign: ([x = '']) => this.sign(x),
    Or: ([a = '', b = '']) => this.node('Not', [this.node('And', [this.node('Not', [a]), this.node('Not', [b])])]),
    LogSoftmax: ([x = ''], { axis = -1 }) => this.logSoftmax(x, axis as number),
  };

  override integers(values: readonly number[]): string {
    const name = super.integers(values);
    this.lists.set(name, values);
    return name;
  }

  override nodes(type: string, inputs: readonly string[], attributes: Attributes, outputs: number, domain = ''): string[] {
    const own = domain === '' && Object.hasOwn(this.written, type) ? this.written[type] : undefined;
    if (own) return [own(inputs, attributes)];
    if (type === 'Split' && outputs > MOST_PARTS) return this.split(inputs, attributes);
    return super.nodes(type, inputs, attributes, outputs, domain);
  }

  /** Zero, and what is no number, are their own sign. */
  private sign(x: string): string {
    const zero = this.scalar(0);
    const below = this.node('Where', [this.node('Less', [x, zero]), this.scalar(-1), x]);
    return this.node('Where', [this.node('Greater', [x, zero]), this.scalar(1), below]);
  }

  private logSoftmax(x: string, axis: number): string {
    const axes = this.integers([axis]);
    const fromTop = this.node('Sub', [x, this.node('ReduceMax', [x, axes], { keepdims: 1 })]);
    return this.node('Sub', [fromTop, this.node('Log', [this.node('ReduceSum', [this.node('Exp', [fromTop]), axes], { keepdims: 1 })])]);
  }

  /** In groups first, each of which is split again. */
  private split([x = '', list = '']: readonly string[], attributes: Attributes): string[] {
    const sizes = this.lists.get(list);
    if (!sizes) throw new Error('A split into many parts needs their sizes.');
    const each = Math.ceil(sizes.length / Math.min(MOST_PARTS, Math.ceil(sizes.length / MOST_PARTS)));
    const groups = Array.from({ length: Math.ceil(sizes.length / each) }, (_, i) => sizes.slice(i * each, (i + 1) * each));
    const totals = groups.map((group) => group.reduce((sum, size) => sum + size, 0));
    const pieces = this.nodes('Split', [x, this.integers(totals)], attributes, groups.length);
    return groups.flatMap((group, i) =>
      group.length === 1 ? [pieces[i] as string] : this.nodes('Split', [pieces[i] as string, this.integers(group)], attributes, group.length),
    );
  }
}
