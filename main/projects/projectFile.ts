// Project files on disk: read whole or refused with a reason, written atomically, never over what must not be lost.

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { Project } from '../../shared/project/project.ts';
import { readProject, serializeProject } from '../../shared/project/read.ts';
import { atomicWrite } from '../files/atomicWrite.ts';

const maximumBytes = 256 * 1024 * 1024;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const refuse = (code: string, where: string, message: string): NetwrightError => new NetwrightError({ kind: 'project', code, where, message });

async function readText(path: string): Promise<string> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => null,
  );
  if (size === null) throw refuse('project-missing', path, `There is no project file ${path}. Check the name, or choose the file again.`);
  if (size > maximumBytes) throw refuse('project-too-large', path, `${path} has ${size} bytes; project files of up to ${maximumBytes} are read.`);
  return readFile(path, 'utf8').catch((error: Error) => {
    throw refuse('project-unreadable', path, `${path} cannot be read: ${error.message}.`);
  });
}

/** Reads and writes project files, and remembers what each held when this process last saw it. */
export class ProjectFiles {
  private readonly seen = new Map<string, string>();

  /** @throws NetwrightError of kind `project` */
  async open(path: string): Promise<Project> {
    const text = await readText(path);
    const project = readProject(text, basename(path));
    this.seen.set(resolve(path), hashOf(text));
    return project;
  }

  /** A file that is newer than this program, or that someone else changed, is not written over. */
  private async checkTarget(path: string): Promise<void> {
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) return;
    const seen = this.seen.get(resolve(path));
    if (seen !== undefined && seen !== hashOf(text)) {
      throw refuse('project-changed', path, `${path} was changed by another program since it was opened here. Save under another name, or open it again.`);
    }
    try {
      readProject(text, basename(path));
    } catch (error) {
      if (error instanceof NetwrightError && error.code === 'project-newer') throw refuse('project-newer', path, `${error.message} Save under another name.`);
    }
  }

  /** Writes atomically. @throws NetwrightError where the file must not be written over, or cannot be written */
  async save(project: Project, path: string): Promise<void> {
    const text = serializeProject(project);
    await this.checkTarget(path);
    await atomicWrite(path, text).catch((error: Error) => {
      throw new NetwrightError({
        kind: 'work',
        code: 'project-unwritable',
        where: path,
        message: `${path} could not be written: ${error.message}. The file is as it was before; save to another place.`,
      });
    });
    this.seen.set(resolve(path), hashOf(text));
  }
}
