// Whether the large public datasets lie beside the clone, and the words for a test that is left out because they do not.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.NETWRIGHT_DATA ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');

export const hasMnist = existsSync(join(folder, 'mnist', 'train-images-idx3-ubyte.gz'));
export const withoutMnist = 'the full MNIST lies neither in NETWRIGHT_DATA nor beside the clone';
