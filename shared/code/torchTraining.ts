// How a network is trained, as a PyTorch loop. The data are expected as tensors, and the code says of what shape.

import type { OutputObjective } from '../compile/index.ts';
import { resolveOptimizer } from '../training/optimizers/index.ts';
import type { TrainingSettings } from '../training/settings.ts';
import { comment, python, unsaid } from './python.ts';

/** The loss of a prediction against labels `y`, or null where PyTorch has none. */
function lossText({ loss, parameters }: OutputObjective, prediction: string, y: string): string | null {
  if ((parameters['ignoreClass'] ?? null) !== null || (parameters['reduction'] ?? 'sum_over_batch_size') !== 'sum_over_batch_size') return null;
  const isLogits = parameters['fromLogits'] === true;
  const made: Readonly<Record<string, () => string>> = {
    sparseCategoricalCrossentropy: () => (isLogits ? `F.cross_entropy(${prediction}, ${y})` : `F.nll_loss(torch.log(${prediction} + 1e-7), ${y})`),
    binaryCrossentropy: () => `F.binary_cross_entropy${isLogits ? '_with_logits' : ''}(${prediction}, ${y})`,
    meanSquaredError: () => `F.mse_loss(${prediction}, ${y})`,
    meanAbsoluteError: () => `F.l1_loss(${prediction}, ${y})`,
    huber: () => `F.huber_loss(${prediction}, ${y}, delta=${python(parameters['delta'], true)})`,
  };
  return made[loss.id]?.() ?? null;
}

/** Our parameters under PyTorch's names; what is not here is left out, with a remark. */
const OPTIMIZERS: Readonly<Record<string, { readonly name: string; readonly of: (p: Readonly<Record<string, unknown>>) => string }>> = {
  sgd: { name: 'SGD', of: (p) => `momentum=${python(p['momentum'], true)}${p['nesterov'] ? ', nesterov=True' : ''}` },
  adam: { name: 'Adam', of: (p) => `betas=(${p['beta1']}, ${p['beta2']}), eps=${p['epsilon']}` },
  adamW: { name: 'AdamW', of: (p) => `betas=(${p['beta1']}, ${p['beta2']}), eps=${p['epsilon']}, weight_decay=${p['weightDecay'] ?? 0}` },
  adamax: { name: 'Adamax', of: (p) => `betas=(${p['beta1']}, ${p['beta2']}), eps=${p['epsilon']}` },
  nadam: { name: 'NAdam', of: (p) => `betas=(${p['beta1']}, ${p['beta2']}), eps=${p['epsilon']}` },
  rmsprop: { name: 'RMSprop', of: (p) => `alpha=${p['rho']}, eps=${p['epsilon']}, momentum=${python(p['momentum'], true)}` },
  adagrad: { name: 'Adagrad', of: (p) => `initial_accumulator_value=${p['initialAccumulatorValue']}, eps=${p['epsilon']}` },
  adadelta: { name: 'Adadelta', of: (p) => `rho=${p['rho']}, eps=${p['epsilon']}` },
};

function leftOut(settings: TrainingSettings): string[] {
  const parts = [
    settings.schedule && settings.schedule.id !== 'constant' && 'the learning rate schedule',
    (settings.callbacks ?? []).length > 0 && 'callbacks',
    settings.validationSplit > 0 && 'the validation split',
    settings.classWeights && 'class weights',
  ].filter((part) => typeof part === 'string');
  return parts.length > 0 ? comment(`Left out here: ${parts.join(', ')}.`) : [];
}

const batchOf = (name: string, count: number): string => (count === 1 ? `${name}[rows]` : `*[one[rows] for one in ${name}]`);

/** The loop, or words for what PyTorch lacks. */
export function torchTrainingLines(objectives: readonly OutputObjective[], inputs: number, settings: TrainingSettings): string[] {
  const { definition, parameters } = resolveOptimizer(settings.optimizer);
  const optimizer = OPTIMIZERS[definition.id];
  if (!optimizer) return unsaid(`PyTorch has no optimizer ${definition.title}: choose another one to train there.`);
  const several = objectives.length > 1;
  const losses = objectives.map((one, i) => {
    const text = lossText(one, several ? `prediction[${i}]` : 'prediction', several ? `y_train[${i}][rows]` : 'y_train[rows]');
    return text && one.lossWeight !== 1 ? `${python(one.lossWeight, true)} * ${text}` : text;
  });
  const missing = objectives[losses.indexOf(null)];
  if (missing) return unsaid(`PyTorch has no loss ${missing.loss.title} with this meaning: choose another one to train there.`);
  const first = inputs === 1 ? 'x_train' : 'x_train[0]';
  const order = settings.shuffle ? `torch.randperm(len(${first}))` : `torch.arange(len(${first}))`;
  return [
    ...leftOut(settings),
    `optimizer = torch.optim.${optimizer.name}(model.parameters(), lr=${python(parameters['learningRate'], true)}, ${optimizer.of(parameters)})`,
    ...['', ''],
    'def train(x_train, y_train):',
    '    model.train()',
    `    for epoch in range(${settings.epochs}):`,
    `        for rows in ${order}.split(${settings.batchSize}):`,
    `            prediction = model(${batchOf('x_train', inputs)})`,
    `            loss = ${losses.join(' + ')}`,
    ...['optimizer.zero_grad()', 'loss.backward()', 'optimizer.step()'].map((line) => `            ${line}`),
    '        print(f"epoch {epoch + 1}: loss {loss.item():.4f} in the last batch")',
  ];
}
