// How fast the window is, in Chromium without a graphics card: frames while a network of 500 layers is panned and one of its layers dragged, the
// time to open it, from an edit in a network of 200 layers to its new shapes, and from a key in the inspector to its letter. With real mouse
// and keys, in rounds. Writes the table to RESULTS_UI.md. `npm run bench:ui -- ROUNDS`; timing has no place in the tests.

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium } from '@playwright/test';
import { findBrowser } from '../../../main/setup/browser.mjs';
import { App } from '../../drivers/app.ts';
import { startServer } from '../../drivers/server.ts';
import { dragLayer, type Edited, edits, openProject, pan, seeAll, selectLayer, typing } from './gestures.ts';
import { type Answer, during, type Gesture, meter, percentile, working } from './measure.ts';

const rounds = Math.max(1, Number(process.argv[2] ?? 3));

/** One line of the table. */
interface Row {
  readonly what: string;
  readonly asked: string;
  readonly numbers: readonly number[];
  /** What counts against the limit, and the limit, in milliseconds or frames. */
  readonly share: number;
  readonly limit: number;
  readonly unit: 'ms' | 'frames';
  /** Processor time of the main thread for each frame, opening, edit or key, where it was counted. */
  readonly work?: readonly number[];
}

interface Round {
  readonly gestures: Readonly<Record<string, Gesture>>;
  readonly opened: Counted<Answer>;
  readonly edits: readonly Edited[];
  readonly keys: Counted<readonly number[]>;
}
interface Counted<T> {
  readonly result: T;
  readonly work: number;
}

async function work(app: App, session: CDPSession): Promise<Round> {
  // Once before it counts, as by anybody who has opened a project today.
  await openProject(app, 20);
  const opened = await working(session, () => openProject(app, 500));
  const gestures: Record<string, Gesture> = {};
  for (const zoom of ['all in view', 'at 100 %']) {
    await (zoom === 'at 100 %' ? app.canvas().press('Control+0') : seeAll(app, 500));
    gestures[`500 layers, ${zoom}, pan`] = await during(app.page, session, () => pan(app));
    gestures[`500 layers, ${zoom}, drag a layer`] = await during(app.page, session, () => dragLayer(app));
  }
  await openProject(app, 200);
  await selectLayer(app);
  return { gestures, opened, edits: await edits(app, session, 10), keys: await working(session, () => typing(app)) };
}

async function round(browser: Browser): Promise<Round> {
  const server = await startServer();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const app = new App(await context.newPage(), []);
    await app.open(server.address);
    return await work(app, await meter(app.page));
  } finally {
    await context.close();
    await server.stop();
  }
}

function rowsOf(done: readonly Round[]): readonly Row[] {
  const names = Object.keys(done[0]?.gestures ?? {});
  const gestures = names.map((what): Row => {
    const each = done.flatMap((one) => one.gestures[what] ?? []);
    return {
      what,
      asked: '95th percentile frame under 32 ms',
      numbers: each.flatMap(({ frames }) => frames),
      share: 0.95,
      limit: 32,
      unit: 'ms',
      work: each.map((one) => one.work),
    };
  });
  const answers = done.flatMap((one) => one.edits);
  const each = (pick: (one: Round) => Counted<Answer | readonly unknown[]>) =>
    done.map((one) => pick(one).work / (Array.isArray(pick(one).result) ? (pick(one).result as readonly unknown[]).length : 1));
  return [
    ...gestures,
    {
      ...{ what: '500 layers, open the project', asked: 'under 1 s', numbers: done.map(({ opened }) => opened.result.took) },
      ...{ share: 0.5, limit: 1000, unit: 'ms', work: each(({ opened }) => opened) },
    },
    {
      ...{ what: '200 layers, frames from an edit to its new shapes', asked: 'the next one', numbers: answers.map(({ frames }) => frames) },
      ...{ share: 0.95, limit: 1.5, unit: 'frames' },
    },
    {
      ...{ what: '200 layers, an edit to the end of that frame', asked: '', numbers: answers.map(({ took }) => took) },
      ...{ share: 0.95, limit: Number.POSITIVE_INFINITY, unit: 'ms', work: answers.map((one) => one.work) },
    },
    {
      ...{ what: '200 layers, a key in the inspector to the end of its frame', asked: 'no lag: 95th percentile under 50 ms' },
      ...{ numbers: done.flatMap(({ keys }) => keys.result), share: 0.95, limit: 50, unit: 'ms', work: each(({ keys }) => keys) },
    },
  ];
}

function line({ what, asked, numbers, share, limit, unit, work: cost }: Row): string {
  const digits = unit === 'frames' ? 0 : 1;
  const counted = percentile(numbers, share);
  const isMissed = counted >= limit;
  const words = (at: number) => `${percentile(numbers, at).toFixed(digits)}`;
  const mark = (text: string, at: number) => (isMissed && at === share ? `**${text}**` : text);
  const own = cost ? percentile(cost, 0.5).toFixed(1) : '';
  return `| ${what} | ${asked} | ${mark(words(0.5), 0.5)} | ${mark(words(0.95), 0.95)} | ${Math.max(...numbers).toFixed(digits)} | ${unit} | ${numbers.length} | ${own} |`;
}

function report(rows: readonly Row[], version: string): string {
  const [load = 0] = loadavg();
  return [
    '# How fast the window is',
    '',
    `\`npm run bench:ui -- ${rounds}\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), no graphics card, Chromium ${version}, load ${load.toFixed(1)} at the end`,
    `(above ${cpus().length}, others were at work and times are too long). ${rounds} rounds, each a window of its own. Bold: missed. “Work”: processor time of the page’s main`,
    'thread for each frame, opening, edit (from its key until the page is quiet) or key, the median, in ms, which others’ work does not change.',
    '',
    '| what | asked | median | 95th percentile | most | unit | counted | work |',
    '| --- | --- | ---: | ---: | ---: | --- | ---: | ---: |',
    ...rows.map(line),
    '',
  ].join('\n');
}

const browser = await chromium.launch({
  executablePath: process.env.NETWRIGHT_BROWSER ?? findBrowser() ?? undefined,
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const done: Round[] = [];
  for (let one = 0; one < rounds; one++) done.push(await round(browser));
  const text = report(rowsOf(done), browser.version());
  console.log(text);
  writeFileSync(join(import.meta.dirname, '../RESULTS_UI.md'), text);
} finally {
  await browser.close();
}
