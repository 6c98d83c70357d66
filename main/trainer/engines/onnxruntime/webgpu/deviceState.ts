// A run's state in the memory of the device. Goes there once, is replaced there by what each step computes, and comes back when it is asked for.
// Every tensor on the device is let go by hand: one that the garbage collector finds after its session has ended takes the process with it.

import ort, { type InferenceSession, type Tensor } from 'onnxruntime-node';
import type { ProgramInput } from '../../../../../shared/tensor/types.ts';
import { GraphWriter } from '../../../../emit/onnx/graphWriter.ts';
import type { State } from '../../engine.ts';
import { tensorOver } from '../tensors.ts';
import { onDevice } from './options.ts';

type Tensors = Record<string, Tensor>;
interface Value {
  readonly name: string;
  readonly tensor: { readonly shape: readonly number[] };
}

/** A model that gives what it gets: ONNX Runtime brings each value from where it is to where it is wanted. */
function copying(values: readonly Value[]): Uint8Array {
  const graph = new GraphWriter();
  for (const { name, tensor } of values) {
    graph.input(`from/${name}`, 'float32', tensor.shape);
    graph.output(`to/${name}`, graph.node('Identity', [`from/${name}`]), 'float32', tensor.shape);
  }
  return graph.model();
}

export class DeviceState {
  /** What has not been needed on the device yet. */
  private waiting = new Map<string, Float32Array>();
  private readonly there = new Map<string, Tensor>();
  /** Sessions of the copying models: what they brought to the device may live no longer than they. */
  private readonly sessions = new Map<string, InferenceSession>();

  set(state: State): void {
    this.letGo();
    this.waiting = new Map([...state].map(([name, data]) => [name, Float32Array.from(data)]));
  }

  private async copy(values: readonly Value[], location: 'gpu-buffer' | 'cpu', feeds: Tensors): Promise<ReadonlyMap<string, Tensor>> {
    const key = `${location} ${values.map(({ name }) => name).join(' ')}`,
      staying = location === 'cpu' ? [] : values.map(({ name }) => `to/${name}`);
    const session = this.sessions.get(key) ?? (await ort.InferenceSession.create(copying(values), onDevice(staying)));
    this.sessions.set(key, session);
    const results = await session.run(feeds);
    return new Map(values.map(({ name }) => [name, results[`to/${name}`] as Tensor]));
  }

  /** The state that a program reads, on the device. */
  async feeds(inputs: readonly ProgramInput[]): Promise<Tensors> {
    const wanted = inputs.filter(({ role }) => role.kind === 'state');
    const absent = wanted.filter(({ name }) => !this.there.has(name));
    if (absent.length > 0) await this.bring(absent);
    return Object.fromEntries(wanted.map(({ name }) => [name, this.there.get(name) as Tensor]));
  }

  private async bring(absent: readonly ProgramInput[]): Promise<void> {
    const feeds: Tensors = {};
    for (const { name, tensor } of absent) {
      const data = this.waiting.get(name);
      if (!data) throw new Error(`The run's state has no “${name}”.`);
      feeds[`from/${name}`] = tensorOver('float32', data, tensor.shape);
    }
    for (const [name, tensor] of await this.copy(absent, 'gpu-buffer', feeds)) {
      this.there.set(name, tensor);
      this.waiting.delete(name);
    }
  }

  /** A value that a step computed takes the place of the one before. */
  replace(name: string, tensor: Tensor): void {
    this.there.get(name)?.dispose();
    this.there.set(name, tensor);
  }

  async read(): Promise<State> {
    const values = [...this.there].map(([name, { dims }]) => ({ name, tensor: { shape: dims } }));
    const feeds = Object.fromEntries([...this.there].map(([name, tensor]) => [`from/${name}`, tensor]));
    const read = values.length === 0 ? new Map<string, Tensor>() : await this.copy(values, 'cpu', feeds);
    const state = new Map([...this.waiting].map(([name, data]) => [name, Float32Array.from(data)]));
    for (const [name, { data }] of read) state.set(name, Float32Array.from(data as Float32Array));
    return state;
  }

  private letGo(): void {
    for (const tensor of this.there.values()) tensor.dispose();
    this.there.clear();
  }

  async close(): Promise<void> {
    this.letGo();
    for (const session of this.sessions.values()) await session.release();
    this.sessions.clear();
  }
}
