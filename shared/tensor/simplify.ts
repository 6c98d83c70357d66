// Makes a program smaller without changing what it computes. Rules live in simplify/, one file per family.

import { arithmeticRules } from './simplify/arithmetic.ts';
import { layoutRules } from './simplify/layout.ts';
import { partRules } from './simplify/parts.ts';
import { poolingRules } from './simplify/pooling.ts';
import { rewrite } from './simplify/rewrite.ts';
import type { Rules } from './simplify/rule.ts';
import { planSums } from './simplify/sums.ts';
import type { Program } from './types.ts';

const families = [arithmeticRules, layoutRules, partRules, poolingRules];
const rules: Rules = Object.fromEntries(
  [...new Set(families.flatMap((family) => Object.keys(family)))].map((name) => [name, families.flatMap((family) => family[name] ?? [])]),
);

/**
 * An equal program: nothing unused, nothing computed twice, constants folded, moves that undo each other gone,
 * long sums of matrix products joined into one. Inputs, outputs and updates keep their names and order.
 */
export function simplify(program: Program): Program {
  const tidy = rewrite(program, rules, new Map());
  const plans = planSums(tidy);
  return plans.size === 0 ? tidy : rewrite(tidy, rules, plans);
}
