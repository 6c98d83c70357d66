// The abstract reading: lowers every node for its shapes only, counts, and turns what does not fit into problems at their place.
// Runs in the app on every edit; nothing is computed with numbers.

import type { FeatureColumn } from '../../datasets/columns.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { LayerProblem } from '../../layers/layer.ts';
import { expandBlocks } from '../../network/blocks.ts';
import type { Network } from '../../network/network.ts';
import type { Problem } from '../../network/problem.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { formatShape, type Shape, sizeOf, type Tensor } from '../../tensor/types.ts';
import { answersOtherwise } from '../../training/losses/index.ts';
import { bindingProblems } from './bindingProblems.ts';
import { type Bindings, bindingsOf } from '../bindings.ts';
import { callProblems } from '../calls.ts';
import { LoweringContext } from '../context.ts';
import { type Graph, type GraphNode, isWired, layerGraph, wiringProblems } from '../graph.ts';
import { inputShapeOf } from '../inputShape.ts';
import { parametersOf, problemIn } from '../lower.ts';
import { ANALYSIS_BATCH, attempt, type KnownNode, type Lowered, measure, unknownAnalysis, withoutBatch } from '../measure.ts';
import { takeOut } from './inserting.ts';
import { mismatchRepairs } from './mismatch.ts';
import { outputProblems } from './output.ts';
import { reshapingRepairs } from './reshaping.ts';
import { analysesAtPlaces, blockProblems, orderOfPlaces, problemsAtPlaces } from './places.ts';
import type { Analysis, NodeAnalysis } from '../types.ts';

export interface AnalyzeOptions {
  /** Null while none is chosen: automatic Inputs then have no shape, and the output is not checked. */
  readonly dataset: DatasetDescriptor | null;
  /** The settings' loss, for outputs that name none: some losses ask for something else than an answer. Left out: the usual. */
  readonly loss?: string;
}

/** After an error: the shape as it will be once the first repair is made, so that one mistake is one error. */
function afterRepair(one: KnownNode, inputs: readonly Tensor[], problem: LayerProblem): NodeAnalysis | null {
  const shapes = inputs.map((input) => withoutBatch(input.shape));
  const repair = problem.repairs?.[0];
  const repaired = repair ? attempt(one, shapes, { ...one.node.parameters, ...repair.parameters }) : null;
  const first = shapes[0];
  return (
    repaired ??
    (one.layer.inputs === 'many' && first
      ? attempt(
          one,
          shapes.map(() => first),
          one.node.parameters,
        )
      : null)
  );
}

function lowerOrExplain(context: LoweringContext, one: KnownNode, inputs: readonly Tensor[]): Lowered {
  try {
    return { ...measure(context, one, inputs, parametersOf(one)), tentative: false, problem: null };
  } catch (thrown) {
    const problem = problemIn(thrown);
    const analysis = afterRepair(one, inputs, problem);
    const shapes = inputs.map((input) => withoutBatch(input.shape));
    if (!analysis?.outputShape) return { tensor: null, tentative: false, analysis: unknownAnalysis(shapes), problem };
    const tensor = context.builder.input(`tentative/${one.node.id}`, [ANALYSIS_BATCH, ...analysis.outputShape], 'float32', { kind: 'data' });
    return { tensor, tentative: true, analysis: { ...analysis, tentative: true }, problem };
  }
}

const misfit = (shape: Shape, title: string, column: FeatureColumn): LayerProblem => ({
  code: 'input-shape',
  parameter: 'shape',
  what: `The Input is ${formatShape(shape)}, but a sample of ${title} is ${formatShape(column.shape)}.`,
  why: `They must hold equally many values: ${sizeOf(shape)} and ${sizeOf(column.shape)}.`,
  repairs: [{ label: 'Set the shape to automatic', parameters: { shape: null } }],
});

const noShape: LayerProblem = {
  code: 'no-shape',
  parameter: 'shape',
  what: 'The Input has no shape yet.',
  why: 'An automatic Input takes its shape from the dataset. Choose a dataset, or set the shape by hand.',
};

/** What feeds the Inputs; nothing while no dataset is chosen. */
interface Feed {
  readonly title: string;
  readonly columns: ReadonlyMap<string, FeatureColumn | null>;
}

function lowerInput(context: LoweringContext, graph: Graph, one: KnownNode, { title, columns }: Feed): Lowered {
  const column = columns.get(one.node.id) ?? null;
  try {
    const parameters = parametersOf(one);
    const shape = inputShapeOf(graph, one, parameters.shape as Shape | null, column);
    if (!shape) return { tensor: null, tentative: false, analysis: unknownAnalysis([]), problem: noShape };
    if (column && sizeOf(shape) !== sizeOf(column.shape)) {
      const fitted = inputShapeOf(graph, one, null, column) ?? shape;
      const tensor = context.builder.input(`tentative/${one.node.id}`, [ANALYSIS_BATCH, ...fitted], 'float32', { kind: 'data' });
      return { tensor, tentative: true, analysis: { ...unknownAnalysis([]), outputShape: fitted, tentative: true }, problem: misfit(shape, title, column) };
    }
    const data = context.builder.input(`data/${one.node.id}`, [ANALYSIS_BATCH, ...shape], 'float32', { kind: 'data' });
    return { ...measure(context, one, [data], parameters), tentative: false, problem: null };
  } catch (thrown) {
    return { tensor: null, tentative: false, analysis: unknownAnalysis([]), problem: problemIn(thrown) };
  }
}

function lowerAll(graph: Graph, feed: Feed): Map<string, Lowered> {
  const context = new LoweringContext(createBuilder({ native: 'all' }), true);
  const results = new Map<string, Lowered>();
  const names = new Set<string>();
  for (const one of graph.order) {
    const { node, layer } = one;
    const inputs = one.incoming.map((edge) => results.get(edge.source));
    const carried = one.incoming.map((edge, i) => context.resultOf(edge, inputs[i]?.tensor) ?? null);
    const tensors = carried.flatMap((tensor) => tensor ?? []);
    const lowerable = layer !== null && !names.has(node.name) && tensors.length === inputs.length && isWired(one);
    names.add(node.name);
    if (!lowerable)
      results.set(node.id, {
        tensor: null,
        tentative: false,
        analysis: unknownAnalysis(inputs.map((input) => input?.analysis.outputShape ?? null)),
        problem: null,
      });
    else if (layer.inputs === 0) results.set(node.id, lowerInput(context, graph, { ...one, layer }, feed));
    else {
      const lowered = lowerOrExplain(context, { ...one, layer }, layer.inputs === 1 ? tensors.slice(0, 1) : tensors);
      const tentative = lowered.tentative || inputs.some((input) => input?.tentative);
      results.set(node.id, { ...lowered, tentative, analysis: { ...lowered.analysis, tentative } });
    }
  }
  creditOwners(graph, results);
  return results;
}

/** Weights are counted where they are declared first; of a shared layer, that is put down to the node that owns them. */
function creditOwners(graph: Graph, results: Map<string, Lowered>): void {
  for (const { node, owner } of graph.order) {
    const here = results.get(node.id),
      there = results.get(owner.id);
    if (owner.id === node.id || !here || !there || here.analysis.weights.length === 0) continue;
    const { trainable, nonTrainable, weights } = here.analysis;
    results.set(owner.id, { ...there, analysis: { ...there.analysis, trainable, nonTrainable, weights } });
    results.set(node.id, { ...here, analysis: { ...here.analysis, trainable: 0, nonTrainable: 0, weights: [] } });
  }
}

/** `add_1: conv_3 gives 5 × 5 × 64, shortcut gives 7 × 7 × 64`. */
function whereOf(graph: Graph, results: ReadonlyMap<string, Lowered>, one: GraphNode): string {
  const given = one.incoming.slice(0, 4).flatMap((edge) => {
    const shape = results.get(edge.source)?.analysis.outputShape;
    const source = graph.nodes.get(edge.source)?.node.name;
    return shape && source ? [`${source} gives ${formatShape(shape)}`] : [];
  });
  return given.length > 0 ? `${one.node.name}: ${given.join(', ')}` : one.node.name;
}

function nodeProblem(graph: Graph, results: ReadonlyMap<string, Lowered>, one: KnownNode, problem: LayerProblem): Problem {
  const edges = problem.input !== undefined ? one.incoming.slice(problem.input, problem.input + 1) : one.layer.inputs === 'many' ? one.incoming : [];
  const own = (problem.repairs ?? []).map((repair) => ({
    label: repair.label,
    edits: [{ type: 'setParameters' as const, node: one.node.id, parameters: repair.parameters }],
  }));
  const upstream = one.layer.inputs === 'many' ? mismatchRepairs(graph, results, one) : { repairs: [], why: undefined };
  const [first] = one.incoming.map((edge) => results.get(edge.source)?.analysis.outputShape);
  const inputsOf = (id: string) => (results.get(id)?.analysis.inputShapes ?? []).filter((shape) => shape !== null);
  // A pooling too many is one too many: nothing is left to pool.
  const out = one.layer.family === 'pooling' && problem.code === 'window-too-large' ? takeOut(graph, one) : [];
  const before = one.layer.inputs === 1 && first && problem.parameter === undefined ? reshapingRepairs(graph, one, first, inputsOf) : [];
  return {
    severity: 'error',
    code: problem.code,
    what: problem.what,
    where: whereOf(graph, results, one),
    why: upstream.why ?? problem.why,
    repairs: [...upstream.repairs, ...out, ...own, ...before],
    nodes: [one.node.id],
    edges: edges.map((edge) => edge.id),
    parameter: problem.parameter,
  };
}

/** @param told nodes of which another mistake is told, that this one follows from */
function layerProblems(graph: Graph, results: ReadonlyMap<string, Lowered>, told: ReadonlySet<string>): Problem[] {
  return graph.order.flatMap((one) => {
    const problem = results.get(one.node.id)?.problem;
    return problem && one.layer && !told.has(one.node.id) ? [nodeProblem(graph, results, { ...one, layer: one.layer }, problem)] : [];
  });
}

function totalsOf(graph: Graph, nodes: readonly NodeAnalysis[]): Analysis['totals'] {
  const sum = (pick: (node: NodeAnalysis) => number) => nodes.reduce((total, node) => total + pick(node), 0);
  return {
    layers: graph.nodes.size,
    trainable: sum((n) => n.trainable),
    nonTrainable: sum((n) => n.nonTrainable),
    multiplyAdds: sum((n) => n.multiplyAdds),
    activationBytes: sum((n) => n.activationBytes),
  };
}

/** Outputs of another shape than what they are compared with. */
function misfitsAtOutputs(graph: Graph, results: ReadonlyMap<string, Lowered>, bindings: Bindings, loss?: string): Problem[] {
  return bindings.outputs.flatMap(({ one, column }) => {
    if (answersOtherwise(one.node.output?.loss ?? loss)) return [];
    const lowered = results.get(one.node.id);
    // Behind another mistake the output is a guess: one mistake is one error.
    const known = lowered && !lowered.tentative ? lowered.analysis.outputShape : null;
    return column && known ? outputProblems(graph, one, known, column, lowered?.analysis.inputShapes[0]) : [];
  });
}

/** Shapes, counts and problems of a network. Never throws for what a user can draw. */
export function analyze(network: Network, { dataset, loss }: AnalyzeOptions): Analysis {
  const expanded = expandBlocks(network);
  const graph = layerGraph(expanded.network);
  const bindings = dataset && bindingsOf(graph, dataset);
  const results = lowerAll(graph, { title: dataset?.title ?? '', columns: new Map(bindings?.inputs.map(({ one, column }) => [one.node.id, column])) });
  const shapeOf = (id: string) => results.get(id)?.analysis.outputShape ?? null;
  const wiring = [...wiringProblems(graph, shapeOf), ...callProblems(expanded.network.nodes)];
  const blocks = blockProblems(expanded, network);
  // One mistake is one error: what is not connected ends somewhere, and what ends too often fits nothing.
  const isWhole = wiring.length + blocks.length === 0;
  const binding = dataset && bindings && isWhole ? bindingProblems({ bindings, dataset, graph, shapeOf }) : [];
  const atOutputs = bindings && isWhole && binding.length === 0 ? misfitsAtOutputs(graph, results, bindings, loss) : [];
  const told = new Set([...wiring, ...binding].flatMap(({ nodes }) => nodes));
  const analyses = new Map(expanded.network.nodes.map(({ id }) => [id, results.get(id)?.analysis ?? unknownAnalysis([])] as const));
  return {
    nodes: analysesAtPlaces(expanded, analyses),
    order: orderOfPlaces(
      graph.order.map(({ node }) => node.id),
      expanded,
    ),
    problems: [...blocks, ...problemsAtPlaces([...wiring, ...binding, ...layerProblems(graph, results, told), ...atOutputs], network, expanded)],
    totals: totalsOf(graph, [...analyses.values()]),
  };
}
