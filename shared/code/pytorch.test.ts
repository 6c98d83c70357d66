// PyTorch code: what it says and what it says in words. Parameters and shapes are proved in PyTorch (npm run keras-code).

import { describe, expect, test } from 'vitest';
import { templateOf, templates } from '../network/templates/index.ts';
import { pytorchSource } from './pytorch.ts';
import { textOf } from './source.ts';
import { networkOf, requestFor } from './testing/requests.ts';

const codeOf = (...args: Parameters<typeof requestFor>): string => textOf(pytorchSource(requestFor(...args)));
const picture = ['input', 'image', [], { parameters: { shape: [9, 9, 2] } }] as const;
/** The lines of one layer behind a picture of 9 × 9 × 2. */
function behindPicture(kind: string, parameters: Record<string, unknown>): string[] {
  const source = pytorchSource(requestFor(networkOf([picture, [kind, 'it', ['image'], { parameters }]]), null));
  return source.filter(({ nodes }) => nodes.includes('it')).map(({ text }) => text.trim());
}

describe('PyTorch code', () => {
  test('a CNN as one would write it', () => {
    const [network] = templateOf('mnist-cnn').create();
    if (!network) throw new Error('The template has no network.');
    const code = codeOf(network, 'mnist-sample');
    expect(code).toContain('class CNN(nn.Module):');
    expect(code).toContain('self.conv_2 = nn.Conv2d(32, 64, 3)');
    expect(code).toContain('conv_2 = F.relu(self.conv_2(pool_1))');
    expect(code).toContain('self.hidden = nn.Linear(1600, 128)');
    expect(code).toContain('loss = F.nll_loss(torch.log(prediction + 1e-7), y_train[rows])');
  });

  test('padding “same” with strides pads as Keras does, the odd one behind', () => {
    expect(behindPicture('conv2d', { filters: 4, strides: [2, 2], padding: 'same' })).toEqual([
      'self.it = nn.Conv2d(2, 4, 3, stride=2)',
      'it = self.it(F.pad(image, (1, 1, 1, 1)))',
    ]);
    expect(behindPicture('maxPooling2d', { padding: 'same' })).toEqual([
      'self.it = nn.MaxPool2d(2)',
      'it = self.it(F.pad(image, (0, 1, 0, 1), value=float("-inf")))',
    ]);
  });

  test('a layer of the last axis turns pictures before and after', () => {
    expect(behindPicture('dense', { units: 5 })).toEqual(['self.it = nn.Linear(2, 5)', 'it = self.it(image.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)']);
  });

  test('what means something else in PyTorch is said in words', () => {
    const lines = behindPicture('averagePooling2d', { padding: 'same' });
    expect(lines.at(-1)).toMatch(/^raise NotImplementedError\("it: PyTorch averages padding in/);
    expect(behindPicture('sampling', {}).at(-1)).toMatch(/NotImplementedError/);
  });

  test('settings that the code leaves out are told', () => {
    expect(behindPicture('conv2d', { filters: 4, kernelL2: 0.01 })[0]).toMatch(/^# it: left out: .+\.$/);
  });

  test('frozen parts ask for no gradient', () => {
    const network = networkOf([picture, ['conv2d', 'it', ['image'], { trainable: false }]]);
    expect(codeOf(network, null)).toContain('self.it.requires_grad_(False)');
  });

  test('every template has code, and every layer of it a line', () => {
    for (const { create, dataset, training } of templates) {
      for (const network of create()) {
        const source = pytorchSource(requestFor(network, dataset, training));
        const named = new Set(source.flatMap(({ nodes }) => nodes));
        expect(network.nodes.filter(({ id, bypassed }) => !bypassed && !named.has(id))).toEqual([]);
      }
    }
  });
});
