// Engines on the first page: what there is, bringing TensorFlow here, and thinking better of it.

import { expect, test } from '../drivers/test.ts';

test('TensorFlow can be installed from the first page, with progress, and cancelled without a trace', async ({ app }) => {
  await app.view('Home').click();
  const engines = app.page.locator('section', { has: app.page.getByRole('heading', { name: 'Engines' }) });
  await expect(engines.getByText('ONNX Runtime, CPU')).toBeVisible();
  await expect(engines.getByText('not installed', { exact: true })).toBeVisible();
  await engines.getByRole('button', { name: 'Install TensorFlow' }).click();
  await expect(engines.getByRole('progressbar')).toBeVisible();
  await engines.getByRole('button', { name: 'Cancel' }).click();
  await expect(engines.getByRole('button', { name: 'Install TensorFlow' })).toBeVisible();
  await expect(engines.getByRole('progressbar')).toHaveCount(0);
  await expect(engines.getByText('could not be installed')).toHaveCount(0);
});
