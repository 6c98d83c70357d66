// Shapes as people type them: `28 × 28 × 1`, `28, 28, 1`, `28x28`.

import type { Field } from '../../shared/lib/fields.ts';
import { t } from '../text/text.ts';

export const showShape = (shape: readonly number[] | null): string => shape?.join(' × ') ?? '';

/** The sizes in a text; null for an empty one; undefined where it is no list of whole numbers. */
export function parseShape(text: string): readonly number[] | null | undefined {
  const trimmed = text
    .trim()
    .replace(/^[([]|[)\]]$/g, '')
    .trim();
  if (trimmed === '') return null;
  const parts = trimmed.split(/\s*[×x*,;]\s*|\s+/).filter((part) => part !== '');
  const sizes = parts.map(Number);
  return sizes.every(Number.isInteger) ? sizes : undefined;
}

/** What is wrong with a text for a field; null where nothing is. */
export function shapeFault(field: Extract<Field<unknown>, { kind: 'shape' }>, text: string): string | null {
  const shape = parseShape(text);
  if (shape === undefined) return t('Write whole numbers, as in 28 × 28 × 1.');
  if (shape === null) return field.nullable ? null : t`${field.label} needs at least one size, as in 784.`;
  if (field.length !== undefined && shape.length !== field.length) return t`It takes ${field.length} numbers, as in ${'3 × '.repeat(field.length - 1)}3.`;
  const smallest = field.allowUnknown ? -1 : 1;
  if (field.length === undefined && shape.some((size) => size < smallest || size === 0))
    return field.allowUnknown ? t('Sizes are 1 or more; one may be −1 for what is left.') : t('Sizes are 1 or more.');
  if (shape.filter((size) => size === -1).length > 1) return t('Only one size may be −1.');
  return field.schema.safeParse(shape).success ? null : field.length === undefined ? t('At most 8 sizes.') : t('One of the sizes is too large or too small.');
}
