// The list of all operations. Adding one is a file, its test and a line here.

import { add } from './add.ts';

export const operations = {
  add,
} as const;

export type OperationName = keyof typeof operations;
