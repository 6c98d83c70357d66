// The first start: the app opens by itself with a sample project on the canvas.

import { expect, test } from '../drivers/test.ts';

test('opens with the sample project, ready to train', async ({ app }) => {
  await expect(app.layers()).not.toHaveCount(0);
  await expect(app.problems()).toHaveCount(0);
  await expect(app.action('Train').first()).toBeEnabled();
});
