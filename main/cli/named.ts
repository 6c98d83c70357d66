// One thing chosen by name with parameters, as the command line writes it: `adam`, `adam:clipnorm=1:weight_decay=0.01`.
// Names and parameters may be ours or Keras'. Says what is wrong as wrong usage.

import { NetwrightError } from '../../shared/lib/errors.ts';
import type { Fields } from '../../shared/lib/fields.ts';
import { snakeCase } from '../../shared/layers/snakeCase.ts';

type Value = number | boolean | string | null;
interface Known {
  readonly id: string;
  readonly keras: string | null;
  readonly fields: Fields;
}
export interface Named {
  readonly id: string;
  readonly parameters: Readonly<Record<string, Value>>;
}

const usage = (message: string): never => {
  throw new NetwrightError({ kind: 'usage', code: 'option', message });
};

/** `0.1`, `true`, `none`, or the text itself. */
function valueIn(text: string): Value {
  if (text === 'none') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** Our name of a parameter that may be Keras'. */
const keyIn = (fields: Fields, name: string): string =>
  Object.keys(fields).find((key) => key === name) ?? Object.entries(fields).find(([key, field]) => name === (field.keras ?? snakeCase(key)))?.[0] ?? name;

/** @throws NetwrightError of kind `usage` for a text that is no name with parameters; unknown names stay, and are refused with the list */
export function named(list: Readonly<Record<string, Known>>, text: string): Named {
  const [name = '', ...pairs] = text.split(':');
  const found = Object.values(list).find(({ id, keras }) => [plain(id), plain(keras ?? '')].includes(plain(name)));
  const parameters = pairs.map((pair) => {
    const [key, value, ...more] = pair.split('=');
    if (!key || value === undefined || more.length > 0)
      usage(`“${text}”: expected a name and parameters such as ${name || 'name'}:key=value, but got “${pair}”.`);
    return [keyIn(found?.fields ?? {}, key as string), valueIn(value as string)] as const;
  });
  return { id: found?.id ?? name, parameters: Object.fromEntries(parameters) };
}

/** What is wrong with an option is wrong usage, wherever it is found. */
export function checked<T>(option: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof NetwrightError) || error.kind !== 'project') throw error;
    throw new NetwrightError({ kind: 'usage', code: error.code, where: option, message: `${option}: ${error.message}` });
  }
}
