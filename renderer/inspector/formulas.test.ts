// Every formula there is, of layers, activations, losses, optimizers and schedules: typeset, nothing of it is lost.

import { expect, test } from 'vitest';
import { activations } from '../../shared/layers/activations/index.ts';
import { layers } from '../../shared/layers/index.ts';
import { losses } from '../../shared/training/losses/index.ts';
import { optimizers } from '../../shared/training/optimizers/index.ts';
import { schedules } from '../../shared/training/schedules/index.ts';
import { type FormulaPart, formulaParts } from '../ui/formulaParts.ts';

const plain = (parts: readonly FormulaPart[]): string => parts.map((part) => ('text' in part ? part.text : plain(part.parts))).join('');
const bare = (text: string): string => text.replace(/[\s_^()]/g, '');
const formulas = [
  ...Object.values(layers).map(({ help }) => help.formula),
  ...[activations, losses, optimizers, schedules].flatMap((all) => Object.values(all).map(({ formula }) => formula)),
].filter((text) => text !== undefined);

test.each([...new Set(formulas)])('nothing is lost of %s', (text) => expect(bare(plain(formulaParts(text)))).toBe(bare(text)));
