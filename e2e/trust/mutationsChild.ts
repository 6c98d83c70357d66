// Mutated files of one format in a process of its own, which its starter ends where a file makes the reader go round in circles.
// node mutationsChild.ts FORMAT FROM TO

import { Worker } from 'node:worker_threads';
import { formats, type Format } from './formats.ts';
import { mutations } from './mutations.ts';

// As the app's importer is watched; the time is looked at by the starter.
const workerData = { seconds: Number.POSITIVE_INFINITY, memory: 1e9 };
new Worker(new URL('../../main/exchange/importWatch.ts', import.meta.url), { workerData }).unref();

const [name = '', from, to] = process.argv.slice(2);
const told = (seed: number): void => void process.stdout.write(`${seed}\n`);
const result = await mutations(formats[name] as Format, Number(from), Number(to), 1, told);
process.stdout.write(`${JSON.stringify({ ...result, memory: process.resourceUsage().maxRSS * 1024 })}\n`);
