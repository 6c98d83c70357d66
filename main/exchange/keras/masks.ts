// Keras writes into a functional model how masks are computed from each other (`NotEqual`, `LogicalOr`, …) and hands them to its layers
// by name. Ours follow masks by themselves, by the same rules: those operations and arguments say nothing new and are left out.

import type { InboundCall } from './inbound.ts';

interface Called {
  readonly name: string;
  /** As in the file, whatever it stands for here. */
  readonly written: {
    readonly className: string;
    /** Whether it is one of Keras' own layers; an operation is not. */
    readonly isOwn: boolean;
  };
  readonly calls: readonly InboundCall[];
}

/** What Keras computes masks with, in `compute_mask` of its layers. */
const operations = new Set([
  'NotEqual',
  'Any',
  'LogicalOr',
  'LogicalAnd',
  'ExpandDims',
  'OnesLike',
  'ZerosLike',
  'BroadcastTo',
  'Concatenate',
  'Squeeze',
  'Cast',
  'ConvertToTensor',
]);

/** Files of the older kind do not say whose a class is; of these names only one is a layer's too. */
const isOperation = ({ written: { className, isOwn } }: Called): boolean => operations.has(className) && (!isOwn || className !== 'Concatenate');

/** What someone gives as \`attention_mask\` Keras never writes by itself. */
const isMaskArgument = (argument: string | null): boolean => argument !== null && argument !== 'attention_mask' && /(^|_)mask$/.test(argument);

/** Operations whose results go nowhere but into masks: found by crossing out those that are used for something else. */
function maskOperations(layers: readonly Called[], kept: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(layers.filter((layer) => isOperation(layer) && !kept.has(layer.name)).map(({ name }) => name));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { name, calls } of layers) {
      const used = calls.flatMap(({ sources }) => sources).filter(({ argument }) => !isMaskArgument(argument));
      if (!found.has(name)) for (const { source } of used) found.delete(source.from);
    }
  }
  return found;
}

/**
 * The layers without what only carries masks. A mask that comes from elsewhere, from an input of the model, stays.
 * @param kept names of what the model gives
 */
export function withoutMasks<L extends Called>(layers: readonly L[], kept: ReadonlySet<string>): readonly L[] {
  const carriers = maskOperations(layers, kept);
  if (carriers.size === 0) return layers;
  const free = (call: InboundCall): InboundCall => ({
    ...call,
    sources: call.sources.filter(({ source, argument }) => !(isMaskArgument(argument) && carriers.has(source.from))),
  });
  return layers.filter(({ name }) => !carriers.has(name)).map((layer) => ({ ...layer, calls: layer.calls.map(free) }));
}
