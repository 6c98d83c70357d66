// The compiler's front door: what other rooms may use. Types are in types.ts.

export { adviceFor } from './advice.ts';
export { analyze } from './analyze.ts';
export { bindingsOf, outputsOf } from './bindings.ts';
export { type GraphNode, graphOf, isWired } from './graph.ts';
export { healthNode, healthProgram } from './health.ts';
export { memoryOf } from './memory.ts';
export { objectiveProblems } from './objectiveProblems.ts';
export { objectivesOf, type OutputObjective } from './objectives.ts';
export { type Phase, preparationProgram, preparationsOf } from './preparation.ts';
export { compilePrediction } from './prediction.ts';
export { compileNetwork } from './programs.ts';
export { receptiveFields } from './receptiveField.ts';
export { initialState } from './state.ts';
export { type TapProgram, tapProgram } from './taps.ts';
