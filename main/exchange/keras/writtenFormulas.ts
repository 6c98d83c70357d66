// Formulas in Keras' words: Keras has no layer for them, but each of their steps is one of its operations on tensors, which its functional
// models hold between layers. First a formula becomes nodes of one step each, then each node is an operation.

import { activationIds } from '../../../shared/layers/activations/index.ts';
import { parseFormula } from '../../../shared/layers/formula/parse.ts';
import type { Formula, Operator } from '../../../shared/layers/formula/tree.ts';
import { snakeCase } from '../../../shared/layers/snakeCase.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../../shared/network/network.ts';
import { incomingEdges } from '../../../shared/network/rules.ts';
import { modelError } from '../modelError.ts';
import { writtenOperation } from './writtenOperations.ts';

const isExpression = ({ kind }: NetworkNode): boolean => kind === 'expression';
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** A number, or what a node gives. */
type Operand = number | Pick<NetworkEdge, 'source' | 'output'>;

/** The network with a node for every step of its formulas. @throws NetwrightError for a formula that is only a number */
export function inSteps(network: Network): Network {
  if (!network.nodes.some(isExpression)) return network;
  const names = new Set(network.nodes.map(({ name }) => name));
  const parts = network.nodes.map((node) =>
    isExpression(node) ? new Steps(network, node, names).parts() : { nodes: [node], edges: incomingEdges(network, node.id) },
  );
  return { ...network, nodes: parts.flatMap(({ nodes }) => nodes), edges: parts.flatMap(({ edges }) => edges) };
}

/** The steps of one formula. */
class Steps {
  private readonly node: NetworkNode;
  private readonly inputs: readonly NetworkEdge[];
  private readonly nodes: NetworkNode[] = [];
  private readonly edges: NetworkEdge[] = [];

  private readonly names: Set<string>;

  /** @param names of all nodes: a step's own is none of them */
  constructor(network: Network, node: NetworkNode, names: Set<string>) {
    this.node = node;
    this.names = names;
    this.inputs = incomingEdges(network, node.id);
  }

  parts(): { readonly nodes: readonly NetworkNode[]; readonly edges: readonly NetworkEdge[] } {
    const result = this.operand(parseFormula(String(this.node.parameters['formula'])), true);
    if (typeof result !== 'number' && result.source !== this.node.id) this.step('identity', {}, [result], true);
    return { nodes: this.nodes, edges: this.edges };
  }

  private operand(formula: Formula, isLast = false): Operand {
    switch (formula.kind) {
      case 'number':
        return formula.value;
      case 'name':
        return formula.name === 'pi' ? Math.PI : this.input(formula.name);
      case 'negative':
        return this.computed('-', [this.operand(formula.operand)], isLast);
      case 'operation':
        return this.computed(
          formula.operator,
          formula.operands.map((one) => this.operand(one)),
          isLast,
        );
      case 'call':
        return this.called(
          formula.name,
          formula.operands.map((one) => this.operand(one)),
          isLast,
        );
    }
  }

  private input(name: string): Operand {
    const { source, output } = this.inputs[name === 'x' ? 0 : letters.indexOf(name)] as NetworkEdge;
    return { source, ...(output === undefined ? {} : { output }) };
  }

  /** Numbers among themselves are computed here. */
  private computed(operator: Operator, operands: readonly Operand[], isLast: boolean): Operand {
    const numbers = operands.filter((one) => typeof one === 'number');
    if (numbers.length === operands.length) return folded(operator, numbers);
    const words = (names: readonly string[]) => (names.length === 1 ? `${operator}${names[0]}` : names.join(` ${operator} `));
    if (!comparisons.has(operator)) return this.step('expression', words, operands, isLast);
    // What is compared is true or false in Keras, and 1 or 0 only when it is multiplied.
    return this.step('expression', ([x]) => `${x} * 1`, [this.step('expression', words, operands, false)], isLast);
  }

  private called(name: string, operands: readonly Operand[], isLast: boolean): Operand {
    const [x = 0, ...rest] = operands;
    const many = (as: string): Operand =>
      rest.reduce((all, one, i) => this.step('expression', ([a, b]) => `${as}(${a}, ${b})`, [all, one], isLast && i === rest.length - 1), x);
    if (name === 'max' || name === 'min') return many(name);
    if (name === 'pow') return this.computed('^', operands, isLast);
    if (name === 'clip') return this.called('min', [this.called('max', operands.slice(0, 2), false), operands[2] ?? 0], isLast);
    const activation = activationIds.find((id) => [id, snakeCase(id)].includes(name));
    if (activation && operands.length === 1) return this.step('activation', { activation }, operands, isLast);
    return this.step('expression', (names) => `${name}(${names.join(', ')})`, operands, isLast);
  }

  private freeName(number: number): string {
    const name = `${this.node.name}_${number}`;
    if (this.names.has(name)) return this.freeName(number + 1);
    this.names.add(name);
    return name;
  }

  private step(kind: string, what: ((names: readonly string[]) => string) | object, operands: readonly Operand[], isLast: boolean): Operand {
    const id = isLast ? this.node.id : `${this.node.id}~${this.nodes.length}`;
    const sources: Exclude<Operand, number>[] = [];
    const names = operands.map((one) => (typeof one === 'number' ? (one < 0 ? `(${one})` : String(one)) : nameOf(one, sources)));
    const { shares: _, ...own } = this.node;
    const parameters = typeof what === 'function' ? { formula: what(names) } : { ...what };
    this.nodes.push({
      ...own,
      ...(isLast ? {} : { output: undefined }),
      id,
      kind,
      name: isLast ? this.node.name : this.freeName(this.nodes.length + 1),
      parameters,
    } as NetworkNode);
    sources.forEach((source, input) => void this.edges.push({ id: `${id}:${input}`, ...source, target: id, input }));
    return { source: id };
  }
}

/** The letter of what comes in, each thing once. */
function nameOf(one: Exclude<Operand, number>, sources: Exclude<Operand, number>[]): string {
  const known = sources.findIndex(({ source, output = 0 }) => source === one.source && output === (one.output ?? 0));
  return letters[known >= 0 ? known : sources.push(one) - 1] as string;
}

const comparisons: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

function folded(operator: Operator, [x = 0, y]: readonly number[]): number {
  if (y === undefined) return -x;
  const results: Readonly<Record<Operator, number>> = {
    ...{ '+': x + y, '-': x - y, '*': x * y, '/': x / y, '^': x ** y },
    ...{ '<': Number(x < y), '<=': Number(x <= y), '>': Number(x > y), '>=': Number(x >= y) },
  };
  return results[operator];
}

/** What an operation is called with: a number, a tensor that comes in by its place, or something that stands in the file as it is. */
export type Argument = number | { readonly input: number } | { readonly stored: unknown };

/** One operation of Keras, and what it is called with. */
export interface Operation {
  readonly module: string;
  readonly className: string;
  readonly args: readonly Argument[];
  /** What it is told beside them. */
  readonly config?: Readonly<Record<string, unknown>>;
}

const numpy = 'keras.src.ops.numpy';
const classes: Readonly<Record<string, string>> = {
  ...{ '+': 'Add', '-': 'Subtract', '*': 'Multiply', '/': 'TrueDivide', '^': 'Power' },
  ...{ '<': 'Less', '<=': 'LessEqual', '>': 'Greater', '>=': 'GreaterEqual' },
  ...{ abs: 'Absolute', max: 'Maximum', min: 'Minimum' },
  ...Object.fromEntries(
    ['sign', 'square', 'sqrt', 'exp', 'log', 'sin', 'cos', 'floor', 'erf', 'where'].map((name) => [name, name.slice(0, 1).toUpperCase() + name.slice(1)]),
  ),
};

/** Whether Keras has no such layer, but operations that say the same. */
export const isOperation = ({ kind }: NetworkNode): boolean => kind === 'expression' || kind === 'einsum' || kind === 'operation';

function einsumIn({ parameters }: NetworkNode): Operation {
  const subscripts = String(parameters['equation']);
  return { module: numpy, className: 'Einsum', args: subscripts.split(',').map((_, input) => ({ input })), config: { subscripts } };
}

/** The operation that an Operation, an Einsum or a formula of one step is. @param own of its inputs those that are fixed numbers @throws NetwrightError for one that Keras lacks */
export function operationIn(node: NetworkNode, own: ReadonlyMap<number, Argument> = new Map()): Operation {
  const found = plainOperation(node);
  if (own.size === 0) return found;
  // What stands in the call no longer comes in: the tensors behind it move up.
  const place = (input: number): number => input - [...own.keys()].filter((one) => one < input).length;
  const args = found.args.map((arg) => (typeof arg === 'object' && 'input' in arg ? (own.get(arg.input) ?? { input: place(arg.input) }) : arg));
  return { ...found, args };
}

function plainOperation(node: NetworkNode): Operation {
  if (node.kind === 'operation') return writtenOperation(node);
  if (node.kind === 'einsum') return einsumIn(node);
  const { name, parameters } = node;
  const formula = parseFormula(String(parameters['formula']));
  const args = (operands: readonly Formula[]) => operands.map((one) => argument(one));
  const known = (word: string, operands: readonly Formula[]): Operation => {
    const className = classes[word];
    if (className) return { module: className === 'Erf' ? 'keras.src.ops.math' : numpy, className, args: args(operands) };
    throw modelError('export-layer', name, `“${name}” cannot be written for Keras: Keras has no operation ${word}. Write the formula without it.`);
  };
  if (formula.kind === 'negative') return { module: numpy, className: 'Negative', args: args([formula.operand]) };
  if (formula.kind === 'operation') return known(formula.operator, formula.operands);
  if (formula.kind === 'call') return known(formula.name, formula.operands);
  throw modelError('export-layer', name, `“${name}” cannot be written for Keras: its formula is a number. Use it where it is needed.`);
}

function argument(formula: Formula): Argument {
  if (formula.kind === 'number') return formula.value;
  if (formula.kind === 'negative' && formula.operand.kind === 'number') return -formula.operand.value;
  if (formula.kind === 'name') return { input: letters.indexOf(formula.name) };
  throw new TypeError(formula.kind);
}
