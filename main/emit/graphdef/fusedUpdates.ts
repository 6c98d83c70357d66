// Updates of weights for which TensorFlow has one kernel that works in place: found in the program by their form, so optimizers need not know of them.
// What is found is computed in one pass over the numbers instead of one for each instruction.

import { type Instruction, type Program, sameShape, type Tensor } from '../../../shared/tensor/types.ts';

/** One kernel that updates a weight and its slots: `ResourceApplyAdam` and the like. */
export interface FusedUpdate {
  readonly op: string;
  /** Names of the states it changes, the weight first, in the kernel's order. */
  readonly states: readonly string[];
  /** What the weight becomes before the kernel runs; null: nothing. */
  readonly before: Tensor | null;
  /** The kernel's further inputs. */
  readonly inputs: readonly (Tensor | number)[];
}

/** A form: a name stands for any value, the same name for the same value. */
type Form = string | Operation;
interface Operation {
  readonly name: string;
  readonly inputs: readonly Form[];
}
type Found = Map<string, Tensor>;

const of = (name: string, ...inputs: readonly Form[]): Form => ({ name, inputs });
/** Running mean by the step `follow` of Adam: mean + (value − mean) · rest. */
const follows = (mean: string, value: Form, rest: string): Form => of('add', mean, of('multiply', of('subtract', value, mean), rest));
const momentOf = follows('m', 'g', 'rest1'),
  spreadOf = follows('v', of('square', 'g'), 'rest2');
const adamStep = of('divide', of('multiply', momentOf, 'rate'), of('add', of('sqrt', spreadOf), 'epsilon'));

class Matcher {
  private readonly makers = new Map<number, Instruction>();
  private readonly states = new Map<number, string>();
  private readonly numbers = new Map<number, number>();
  private readonly updates: ReadonlyMap<string, Tensor>;

  constructor(program: Program) {
    for (const instruction of program.instructions) for (const { id } of instruction.outputs) this.makers.set(id, instruction);
    for (const { name, tensor, role } of program.inputs) if (role.kind === 'state') this.states.set(tensor.id, name);
    for (const { tensor, value } of program.constants) if (typeof value === 'number' && tensor.shape.length === 0) this.numbers.set(tensor.id, value);
    for (const { tensor, value } of program.constants)
      if (typeof value !== 'number' && value.length === 1 && tensor.shape.length === 0) this.numbers.set(tensor.id, value[0] as number);
    this.updates = new Map(program.updates.map(({ name, tensor }) => [name, tensor]));
  }

  /** What the names of a form stand for, or null where the value has another form. */
  match(tensor: Tensor, form: Form, found: Found = new Map()): Found | null {
    if (typeof form === 'string') {
      const known = found.get(form);
      if (known) return known.id === tensor.id ? found : null;
      return found.set(form, tensor);
    }
    const maker = this.makers.get(tensor.id);
    if (!maker || maker.operation !== form.name || maker.inputs.length !== form.inputs.length) return null;
    return maker.inputs.every((input, i) => this.match(input, form.inputs[i] as Form, found) !== null) ? found : null;
  }

  stateOf(tensor: Tensor | undefined): string | null {
    return (tensor && this.states.get(tensor.id)) ?? null;
  }

  numberOf(tensor: Tensor | undefined): number | null {
    return (tensor && this.numbers.get(tensor.id)) ?? null;
  }

  /** Whether the state's new value has the form, with these names' meaning. */
  becomes(state: string, form: Form, found: Found): boolean {
    const tensor = this.updates.get(state);
    return tensor !== undefined && this.match(tensor, form, new Map(found)) !== null;
  }
}

/** w − m · rate / (√v + epsilon), with w as it is (Adam) or made smaller before (AdamW). */
function adam(matcher: Matcher, weight: string, tensor: Tensor): FusedUpdate | null {
  const found = matcher.match(tensor, of('subtract', 'w', adamStep));
  if (!found) return null;
  const [m, v] = [matcher.stateOf(found.get('m')), matcher.stateOf(found.get('v'))];
  const [rest1, rest2] = [matcher.numberOf(found.get('rest1')), matcher.numberOf(found.get('rest2'))];
  const [start, gradient, rate, epsilon] = ['w', 'g', 'rate', 'epsilon'].map((name) => found.get(name));
  if (m === null || v === null || rest1 === null || rest2 === null || !start || !gradient || !rate || !epsilon) return null;
  const follow = matcher.becomes(m, momentOf, found) && matcher.becomes(v, spreadOf, found);
  if (!follow || !sameShape(gradient.shape, tensor.shape) || rate.shape.length > 0 || epsilon.shape.length > 0) return null;
  return {
    op: 'ResourceApplyAdam',
    states: [weight, m, v],
    before: matcher.stateOf(start) === weight ? null : start,
    // The powers of both betas are 0: the rate has their correction in it already.
    inputs: [0, 0, rate, 1 - rest1, 1 - rest2, epsilon, gradient],
  };
}

/** w − g · rate. */
function descent(matcher: Matcher, weight: string, tensor: Tensor): FusedUpdate | null {
  const found = matcher.match(tensor, of('subtract', 'w', of('multiply', 'g', 'rate')));
  const [start, gradient, rate] = ['w', 'g', 'rate'].map((name) => found?.get(name));
  if (!gradient || !rate || matcher.stateOf(start) !== weight) return null;
  if (!sameShape(gradient.shape, tensor.shape) || rate.shape.length > 0) return null;
  return { op: 'ResourceApplyGradientDescent', states: [weight], before: null, inputs: [rate, gradient] };
}

/** w + m with m = m · momentum − g · rate. */
function momentum(matcher: Matcher, weight: string, tensor: Tensor): FusedUpdate | null {
  const speed = of('subtract', of('multiply', 'm', 'factor'), of('multiply', 'g', 'rate'));
  const found = matcher.match(tensor, of('add', 'w', speed));
  const [start, m, factor, gradient, rate] = ['w', 'm', 'factor', 'g', 'rate'].map((name) => found?.get(name));
  const slot = matcher.stateOf(m);
  if (!found || !gradient || !rate || !factor || slot === null || matcher.stateOf(start) !== weight || !matcher.becomes(slot, speed, found)) return null;
  if (!sameShape(gradient.shape, tensor.shape) || rate.shape.length > 0 || factor.shape.length > 0) return null;
  return { op: 'ResourceApplyKerasMomentum', states: [weight, slot], before: null, inputs: [rate, gradient, factor] };
}

/** The updates of a program that one kernel each can do; no state is in two of them. */
export function fusedUpdates(program: Program): readonly FusedUpdate[] {
  const matcher = new Matcher(program);
  const taken = new Set<string>();
  return program.updates.flatMap(({ name, tensor }) => {
    const update = adam(matcher, name, tensor) ?? momentum(matcher, name, tensor) ?? descent(matcher, name, tensor);
    if (!update || update.states.some((state) => taken.has(state))) return [];
    for (const state of update.states) taken.add(state);
    return [update];
  });
}
