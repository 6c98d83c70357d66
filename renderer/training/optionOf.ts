// An optimizer, a loss or a schedule as one of a list to choose from: what it is, in words and as a formula.

import { t } from '../text/text.ts';
import type { SelectOption } from '../ui/Select.tsx';

export const optionOf = ({ id, title, help, formula }: { readonly [key in 'id' | 'title' | 'help' | 'formula']: string }): SelectOption<string> => ({
  value: id,
  label: t(title),
  help: t(help),
  formula: t(formula),
});
