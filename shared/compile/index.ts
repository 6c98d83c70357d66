// The compiler's front door: what other rooms may use. In problems/ what is wrong with a network and what mends it, in programs/ what an engine runs; beside
// this file what both read: the network as a graph, and the walk that lowers it. Types are in types.ts.

export { adviceFor } from './problems/advice.ts';
export { analyze } from './problems/analyze.ts';
export { bindingsOf, outputsOf } from './bindings.ts';
export { type GraphNode, graphOf, isWired } from './graph.ts';
export { healthNode, healthProgram } from './programs/health.ts';
export { memoryOf } from './memory.ts';
export { objectiveProblems } from './problems/objectiveProblems.ts';
export { objectivesOf, type OutputObjective } from './programs/objectives.ts';
export { type Phase, preparationProgram, preparationsOf } from './programs/preparation.ts';
export { compilePrediction } from './programs/prediction.ts';
export { compileNetwork } from './programs/programs.ts';
export { receptiveFields } from './receptiveField.ts';
export { initialState } from './programs/state.ts';
export { type TapProgram, tapProgram } from './programs/taps.ts';
