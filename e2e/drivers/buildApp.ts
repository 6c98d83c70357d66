// Builds the window before the first test, unless it is already what its sources say.

import { ensureBuilt } from '../../main/setup/build.mjs';

export default async function buildApp(): Promise<void> {
  await ensureBuilt('renderer');
}
