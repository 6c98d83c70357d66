// What a person should know of a file for Keras that was written: what Keras does not take over. Whole sentences.

import { attends } from '../../../shared/code/keptMasks.ts';
import { expandBlocks } from '../../../shared/network/blocks.ts';
import type { Trained } from '../trained.ts';
import { graphIn } from './graph.ts';
import { withLostMasks } from './lostMasks.ts';
import { parseConfig } from './savedModel.ts';
import { lossWithoutKeras, modelConfig } from './writeConfig.ts';
import type { WrittenLayer, WrittenModel } from './writtenLayers.ts';

/** @param trained before its layers became Keras' */
export function remarksOn(model: WrittenModel, trained: Trained): readonly string[] {
  const loss = trained.dataset && lossWithoutKeras(model, trained);
  const machines = expandBlocks(trained.network).network.nodes.filter(({ kind }) => kind === 'rbm');
  const [mask] = otherMasks(model);
  return [
    ...(mask === undefined
      ? []
      : [
          `Keras decides itself for which attention padding counts, and for “${mask}” otherwise than here: padded sequences get other predictions there. Set “Padding counts” off at every attention to have masks go as far there as here.`,
        ]),
    ...(loss ? [`Keras has no loss ${loss}: the file predicts, but holds neither loss nor optimizer. Compile it with others to train on.`] : []),
    ...(machines.length > 0
      ? ['Keras has no RBM: it is written as the Dense layer that it is once it is prepared. Contrastive divergence and the visible bias stay here.']
      : []),
  ];
}

/** Layers of attention that in Keras see a mask and here none, or the other way round. Where nobody set it by hand, both see the same. */
function otherMasks(model: WrittenModel): readonly string[] {
  const ignoring = (parameters: Readonly<Record<string, unknown>>) => parameters['ignoreMask'] === true;
  if (!model.layers.some(({ parameters }) => ignoring(parameters))) return [];
  const file = { where: '', model: parseConfig(JSON.stringify(modelConfig(model)), ''), training: null, version: 3, together: false, weightsOf: () => [] };
  const { graph } = withLostMasks(graphIn(file));
  const there = new Map(graph.layers.map(({ name, config }) => [name, config.ignore_mask === true]));
  const isOther = ({ name, className, parameters }: WrittenLayer) => attends.has(className) && (there.get(name) ?? false) !== ignoring(parameters);
  return model.layers.filter(isOther).map(({ node }) => node.name);
}
