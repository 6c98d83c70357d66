import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { masking } from './masking.ts';
import { sequences } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(masking, { examples: fc.record({ parameters: fc.constant({}), inputs: fc.tuple(sequences) }) });

test('says what it leaves out', () => expect(masking.describe({ ...defaults(masking.fields), maskValue: -1 })).toBe('leaves out -1'));
test('refuses what is not a sequence', () => expect(problemOf(masking, {}, [[1, 8]]).code).toBe('rank'));
