// The operations on tensors that a layer Operation may be. One more is an entry in one of the files and a line here.

import type { AnyOperation } from './contract.ts';
import { constant, matmul } from './holding.ts';
import { extractPatches, oneHot, stopGradient, take, tril, triu } from './placing.ts';
import { argmax, argmin, argsort, sort, topK } from './ranking.ts';
import { cumprod, cumsum, diff, prod } from './running.ts';

export const operations = {
  ...{ cumsum, cumprod, prod, diff },
  ...{ sort, argsort, topK, argmax, argmin },
  ...{ oneHot, take, tril, triu, extractPatches, stopGradient },
  ...{ constant, matmul },
} as const satisfies Readonly<Record<string, AnyOperation>>;

export type OperationId = keyof typeof operations;
export const operationIds = Object.keys(operations) as readonly OperationId[];
/** The operation of that name. A field's check comes first, so that there always is one. */
export const tensorOperationOf = (id: string): AnyOperation => operations[id as OperationId];
