// What a person should know of a file for Keras that was written: what Keras does not take over. Whole sentences.

import { expandBlocks } from '../../../shared/network/blocks.ts';
import type { Trained } from '../trained.ts';
import { lossWithoutKeras } from './writeConfig.ts';
import type { WrittenModel } from './writtenLayers.ts';

/** @param trained before its layers became Keras' */
export function remarksOn(model: WrittenModel, trained: Trained): readonly string[] {
  const loss = trained.dataset && lossWithoutKeras(model, trained);
  const machines = expandBlocks(trained.network).network.nodes.filter(({ kind }) => kind === 'rbm');
  return [
    ...(loss ? [`Keras has no loss ${loss}: the file predicts, but holds neither loss nor optimizer. Compile it with others to train on.`] : []),
    ...(machines.length > 0
      ? ['Keras has no RBM: it is written as the Dense layer that it is once it is prepared. Contrastive divergence and the visible bias stay here.']
      : []),
  ];
}
