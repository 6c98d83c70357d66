// What every importer gives, whichever format it read.

import type { Network } from '../../shared/network/network.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import type { StoredTensor } from '../files/safetensors.ts';

export interface ImportedModel {
  readonly network: Network;
  /** By our names: `dense_1/kernel`. */
  readonly weights: ReadonlyMap<string, StoredTensor>;
  /** What the file says of training. */
  readonly training: Partial<TrainingSettings>;
  /** What a person should know: what was left out or is inert. Whole sentences. */
  readonly notes: readonly string[];
}
