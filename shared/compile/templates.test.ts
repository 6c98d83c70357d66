// Every template of the gallery with its dataset: no problem, and programs for its own settings.

import { describe, expect, test } from 'vitest';
import { datasetOf } from '../datasets/catalogue.ts';
import { templates } from '../network/templates/index.ts';
import { defaultTrainingSettings } from '../training/settings.ts';
import { analyze, compileNetwork } from './index.ts';

describe.each(templates.flatMap((template) => template.create().map((network) => [`${template.id}: ${network.name}`, template, network] as const)))(
  '%s',
  (_, template, network) => {
    const dataset = datasetOf(template.dataset);
    if (!dataset) throw new Error(`There is no dataset ${template.dataset}.`);
    test('fits its dataset', () => {
      const { problems, totals } = analyze(network, { dataset });
      expect(problems.map(({ what, where }) => `${where}: ${what}`)).toEqual([]);
      expect(totals.trainable).toBeGreaterThan(0);
    });
    test('compiles with its settings, and every weight is learned or kept on purpose', () => {
      const settings = { ...defaultTrainingSettings, ...template.training };
      const { weights, trainStep } = compileNetwork({ network, settings, dataset, batchSize: 3 });
      const updated = new Set(trainStep.updates.map(({ name }) => name));
      expect(weights.filter(({ name, trainable }) => trainable && !updated.has(name)).map(({ name }) => name)).toEqual([]);
    });
  },
);
