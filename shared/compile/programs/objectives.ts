// What each output of a network is trained for, without compiling its programs: for code and for those who only ask.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { Network } from '../../network/network.ts';
import type { Shape } from '../../tensor/types.ts';
import type { TrainingSettings } from '../../training/settings.ts';
import type { Target } from '../bindings.ts';
import { forward } from './forward.ts';
import { graphOf } from '../graph.ts';
import { type Objective, objectiveOf } from './objective.ts';

export interface OutputObjective extends Objective {
  readonly node: string;
  readonly name: string;
  readonly target: Target;
  /** What the output gives, without the batch axis. */
  readonly shape: Shape;
  /** The factor of its loss in the sum. */
  readonly lossWeight: number;
}

/**
 * In the order of the network's outputs.
 * @param network without problems, as `analyze` sees them
 * @throws NetwrightError for a loss or a metric that does not fit
 */
export function objectivesOf(network: Network, dataset: DatasetDescriptor, settings: TrainingSettings): OutputObjective[] {
  const { context, predictions } = forward(graphOf(network), dataset, 1, false);
  return predictions.map((predicted) => ({
    ...objectiveOf(context.builder, predicted, settings, predictions.length > 1),
    node: predicted.one.node.id,
    name: predicted.one.node.name,
    target: predicted.target,
    shape: predicted.prediction.shape.slice(1),
    lossWeight: predicted.one.node.output?.lossWeight ?? 1,
  }));
}
