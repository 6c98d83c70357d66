// Lines in parts: nothing lost, each part what it is.

import { expect, test } from 'vitest';
import { templateOf } from '../../shared/network/templates/index.ts';
import { jsonSource } from '../../shared/code/json.ts';
import { tokensOf } from './highlight.ts';

const kindsIn = (line: string) =>
  tokensOf(line)
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => `${kind} ${text}`);

test('Python', () => {
  expect(kindsIn('x = keras.layers.Dense(units=10, activation="relu")  # last')).toEqual(['call Dense', 'number 10', 'string "relu"', 'comment # last']);
  expect(kindsIn('conv_1 = F.relu(self.conv_1(x), -1e-7)')).toEqual(['call relu', 'keyword self', 'call conv_1', 'number -1e-7']);
  expect(kindsIn('print(f"epoch {epoch + 1}")')).toEqual(['call print', 'string f"epoch {epoch + 1}"']);
});

test('put together the parts are the line', () => {
  const [network] = templateOf('mnist-cnn').create();
  const lines = network ? jsonSource(network).map(({ text }) => text) : [];
  expect(lines.length).toBeGreaterThan(50);
  for (const line of lines)
    expect(
      tokensOf(line)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
});
