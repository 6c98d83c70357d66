// `netwright inspect`: what the compiler says of a project's networks, without training anything.

import type { Command } from 'commander';
import { analyze, objectiveProblems } from '../../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../../shared/datasets/descriptor.ts';
import { datasetOf } from '../../../shared/datasets/catalogue.ts';
import type { Network } from '../../../shared/network/network.ts';
import { formatShape } from '../../../shared/tensor/types.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import { networksNamed, openProject } from '../chosen.ts';
import { perform } from '../context.ts';
import { exitStatus, formatCount, type Output, table } from '../output.ts';

/** @returns whether training is possible */
function report(output: Output, network: Network, dataset: DatasetDescriptor | null, settings: TrainingSettings): boolean {
  const analysis = analyze(network, { dataset, loss: settings.loss });
  const { nodes, order, totals } = analysis;
  const problems = [...analysis.problems, ...objectiveProblems({ network, analysis, dataset, settings })];
  const ids = [...order, ...network.nodes.map((node) => node.id).filter((id) => !order.includes(id))];
  const layers = ids.map((id) => {
    const { name, kind } = network.nodes.find((node) => node.id === id) as Network['nodes'][number];
    const analysis = nodes[id];
    return {
      name,
      kind,
      output_shape: analysis?.outputShape ?? null,
      parameters: (analysis?.trainable ?? 0) + (analysis?.nonTrainable ?? 0),
      multiply_adds: analysis?.multiplyAdds ?? 0,
    };
  });
  output.event({
    network: network.name,
    layers,
    totals: {
      layers: totals.layers,
      parameters: totals.trainable + totals.nonTrainable,
      trainable: totals.trainable,
      non_trainable: totals.nonTrainable,
      multiply_adds: totals.multiplyAdds,
    },
    problems: problems.map(({ severity, code, what, where, why, repairs }) => ({
      severity,
      code,
      what,
      where,
      why,
      repairs: repairs.map(({ label }) => label),
    })),
  });
  output.line(`${network.name}\n`);
  output.line(
    table(
      ['Layer', 'Kind', 'Output', 'Parameters', 'Multiply-adds'],
      layers.map((layer) => [
        layer.name,
        layer.kind,
        layer.output_shape ? formatShape(layer.output_shape) : '?',
        formatCount(layer.parameters),
        formatCount(layer.multiply_adds),
      ]),
    ),
  );
  output.line(`\n${formatCount(totals.trainable + totals.nonTrainable)} parameters, ${formatCount(totals.multiplyAdds)} multiply-adds a sample`);
  for (const { severity, what, where, repairs } of problems)
    output.line(`${severity === 'error' ? 'Problem' : 'Advice'}: ${what} (${where}.)${repairs[0] ? ` To mend it: ${repairs[0].label}.` : ''}`);
  return problems.every(({ severity }) => severity !== 'error');
}

export function addInspect(program: Command): void {
  program
    .command('inspect <file>')
    .description('layers, shapes, parameters and problems of a project’s networks; exit status 3 where one cannot be trained')
    .option('--network <name>', 'only this network')
    .option('--json', 'one JSON object a line, one line a network')
    .action((file: string, { network, json }: { network?: string; json?: boolean }) =>
      perform(json, async ({ output }) => {
        const project = await openProject(file);
        const dataset = (project.dataset === null ? undefined : datasetOf(project.dataset)) ?? null;
        const results = networksNamed(project, network).map((one) => report(output, one, dataset, project.training));
        return results.every(Boolean) ? 0 : exitStatus.project;
      }),
    );
}
