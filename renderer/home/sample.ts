// Which template is the sample that one click trains. Pure.

import type { DatasetState, TemplateInfo } from '../../shared/protocol/contract.ts';

/** The first template whose data is here already, pictures before everything else; null where there is none. */
export function sampleTemplate(templates: readonly TemplateInfo[], datasets: readonly DatasetState[]): TemplateInfo | null {
  const here = new Set(datasets.filter((dataset) => dataset.available).map((dataset) => dataset.id));
  const ready = templates.filter((template) => template.dataset !== null && here.has(template.dataset) && template.networks.length > 0);
  return ready.find((template) => template.group === 'Images') ?? ready[0] ?? null;
}
