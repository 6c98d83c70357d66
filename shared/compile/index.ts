// The compiler's front door: what other rooms may use.

export { type AnalyzeOptions, analyze } from './analyze.ts';
export { type CompileOptions, compileNetwork } from './programs.ts';
export { initialState } from './state.ts';
export type { Analysis, CompiledNetwork, NodeAnalysis, WeightDeclaration } from './types.ts';
