// The blocks that a person has put aside for other projects, in one file of the data folder. A file that cannot be read is set aside and
// told of, never written over.

import { randomUUID } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { type SavedBlock, savedBlockSchema } from '../../shared/network/savedBlocks.ts';
import { networkProblems } from '../../shared/project/consistency.ts';
import { describeIssues } from '../../shared/project/issues.ts';
import { parseJson } from '../../shared/project/plainJson.ts';
import type { SavedBlocks } from '../../shared/protocol/contract.ts';
import type { Emit } from '../../shared/protocol/server.ts';
import { atomicWrite } from '../files/atomicWrite.ts';

const version = 1;
const most = 1000;
const fileSchema = z.object({ version: z.literal(version), blocks: z.array(savedBlockSchema).max(most) });

const usage = (code: string, message: string): NetwrightError => new NetwrightError({ kind: 'usage', code, message });

/** The file's blocks. @throws NetwrightError saying what is wrong with it */
function readBlocks(text: string): readonly SavedBlock[] {
  const document = parseJson(text, 'blocks.json');
  const parsed = fileSchema.safeParse(document);
  const problems = parsed.success ? parsed.data.blocks.flatMap(problemsOf) : describeIssues(parsed.error.issues);
  if (!parsed.success || problems.length > 0)
    throw new NetwrightError({ kind: 'project', code: 'blocks-invalid', message: `blocks.json is not valid. ${problems.slice(0, 3).join(' ')}` });
  return parsed.data.blocks;
}

/** What a schema cannot say of it. */
const problemsOf = ({ name, root, blocks }: Pick<SavedBlock, 'name' | 'root' | 'blocks'>): string[] => [
  ...(blocks.some(({ id }) => id === root) ? [] : [`“${name}”: there is no definition “${root}”.`]),
  ...networkProblems({ nodes: [], edges: [], blocks }, `“${name}”`),
];

export class Blocks {
  private readonly file: string;
  private readonly emit: Emit;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(dataFolder: string, emit: Emit) {
    this.file = join(dataFolder, 'blocks.json');
    this.emit = emit;
  }

  /** All of them, oldest first; a notice where a broken file had to be set aside. */
  list(): Promise<SavedBlocks> {
    return this.inTurn(() => this.read());
  }

  /** Puts one aside. @throws NetwrightError where it is not whole */
  save(block: Pick<SavedBlock, 'name' | 'root' | 'blocks'>): Promise<SavedBlock> {
    const [problem] = problemsOf(block);
    if (problem) throw new NetwrightError({ kind: 'project', code: 'block-invalid', message: `The block cannot be kept. ${problem}` });
    const saved = { ...block, id: randomUUID(), savedAt: new Date().toISOString() };
    return this.change((blocks) => {
      if (blocks.length >= most) throw usage('blocks-full', `There are ${most} blocks already, the most that are kept. Delete one first.`);
      return [...blocks, saved];
    }).then(() => saved);
  }

  rename(id: string, name: string): Promise<void> {
    return this.change((blocks) => blocks.map((block) => (block.id === id ? { ...block, name } : block)));
  }

  remove(id: string): Promise<void> {
    return this.change((blocks) => blocks.filter((block) => block.id !== id));
  }

  private change(next: (blocks: readonly SavedBlock[]) => readonly SavedBlock[]): Promise<void> {
    return this.inTurn(async () => {
      const { blocks } = await this.read();
      await atomicWrite(this.file, `${JSON.stringify({ version, blocks: next(blocks) }, null, 1)}\n`);
      this.emit('blocks.changed', null);
    });
  }

  /** One change after another, so that none is lost. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turn.then(work);
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private async read(): Promise<SavedBlocks> {
    const text = await readFile(this.file, 'utf8').catch(() => null);
    if (text === null) return { blocks: [], notice: null };
    try {
      return { blocks: readBlocks(text), notice: null };
    } catch (error) {
      if (!(error instanceof NetwrightError)) throw error;
      return { blocks: [], notice: await this.setAside(error.message) };
    }
  }

  /** @returns what to tell the person */
  private async setAside(why: string): Promise<string> {
    const aside = join(this.file, '..', `blocks-unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
    await rename(this.file, aside);
    return `My blocks could not be read and begin anew. ${why} The file was set aside as ${basename(aside)}, beside the runs.`;
  }
}
