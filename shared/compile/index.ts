// The compiler's front door: what other rooms may use. Types are in types.ts.

export { analyze } from './analyze.ts';
export { bindingsOf } from './bindings.ts';
export { graphOf } from './graph.ts';
export { type Phase, preparationProgram, preparationsOf } from './preparation.ts';
export { compileNetwork } from './programs.ts';
export { initialState } from './state.ts';
