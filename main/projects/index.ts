// Projects for the app: what stands on screen at the start, opening, saving, templates, recovery. The only way into this room.

import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { templateOf, templates } from '../../shared/network/templates/index.ts';
import { newProject } from '../../shared/project/create.ts';
import type { Project } from '../../shared/project/project.ts';
import { readProject, serializeProject } from '../../shared/project/read.ts';
import type { OpenedModel, OpenedProject, RecentProject, TemplateInfo } from '../../shared/protocol/contract.ts';
import { putBeside } from '../exchange/weightStore.ts';
import type { Host } from '../host.ts';
import { Journal } from './journal.ts';
import { isLeft, keepLeft } from './left.ts';
import { ProjectFiles } from './projectFile.ts';
import { addRecent, readRecent } from './recent.ts';

const sample = 'digits';

/** A project from a built-in template. @throws NetwrightError where there is none of that id */
export function projectFromTemplate(id: string): Project {
  const { title, dataset, training, create } = templateOf(id);
  return newProject({ name: title, networks: create(), dataset, training });
}

/** What the gallery shows of every template. */
export const templateInfos = (): TemplateInfo[] =>
  templates.map(({ id, title, about, group, dataset, create }) => ({ id, title, about, group, dataset, networks: create() }));

const noDialogs = (what: string) => new NetwrightError({ kind: 'usage', code: 'no-dialogs', message: `In the browser, ${what}.` });

/** Reads files that are no projects but networks of other programs. */
interface ModelReader {
  open(path: string): Promise<OpenedModel>;
}
const isModel = (path: string): boolean => /\.(keras|h5|hdf5)$/i.test(path);

export class Projects {
  private readonly host: Pick<Host, 'folders' | 'dialogs'>;
  private readonly models: ModelReader;
  private readonly files = new ProjectFiles();
  private readonly journal: Journal;

  constructor(host: Pick<Host, 'folders' | 'dialogs'>, models: ModelReader) {
    this.host = host;
    this.models = models;
    this.journal = new Journal(host.folders.data);
  }

  /** What was not saved before, else the sample project. */
  async initial(): Promise<OpenedProject> {
    const kept = await this.journal.read();
    if (!kept) return { project: projectFromTemplate(sample), path: null, notice: null };
    const name = kept.path ? basename(kept.path) : kept.project.name;
    return { project: kept.project, path: kept.path, notice: `Unsaved changes of “${name}” were brought back.` };
  }

  /** Its networks are its own: runs of an earlier project from the same template are not theirs. */
  fromTemplate(id: string): OpenedProject {
    const project = projectFromTemplate(id);
    return { project: { ...project, networks: project.networks.map((network) => ({ ...network, id: randomUUID() })) }, path: null, notice: null };
  }

  recent(): Promise<RecentProject[]> {
    return readRecent(this.host.folders.data);
  }

  async open(path: string | null): Promise<OpenedProject | OpenedModel | null> {
    if (path === null && !this.host.dialogs) throw noDialogs('choose a project file with the page’s own button');
    const chosen = path ?? (await this.host.dialogs?.open()) ?? null;
    if (chosen === null) return null;
    if (isModel(chosen)) return this.models.open(chosen);
    const project = await this.files.open(chosen);
    await addRecent(this.host.folders.data, chosen, project);
    // It has no file of the person's own yet: saving asks for one.
    return { project, path: isLeft(this.host.folders.data, chosen) ? null : chosen, notice: null };
  }

  read(name: string, text: string): OpenedProject {
    return { project: readProject(text, name), path: null, notice: null };
  }

  async save(project: Project, path: string | null): Promise<{ readonly path: string } | null> {
    if (path === null && !this.host.dialogs) throw noDialogs('a project is saved by downloading it');
    const chosen = path ?? (await this.host.dialogs?.save(`${project.name}.netwright`)) ?? null;
    if (chosen === null) return null;
    await putBeside(project.networks, { project: chosen, dataFolder: this.host.folders.data });
    await this.files.save(project, chosen);
    await this.journal.clear();
    await addRecent(this.host.folders.data, chosen, project);
    return { path: chosen };
  }

  /** The text to download; that counts as saved. */
  async serialize(project: Project): Promise<string> {
    const text = serializeProject(project);
    await this.journal.clear();
    return text;
  }

  /** Keeps what another project takes the place of. */
  async leave(project: Project): Promise<{ readonly path: string }> {
    const path = await keepLeft(this.host.folders.data, project);
    await putBeside(project.networks, { project: path, dataFolder: this.host.folders.data });
    await addRecent(this.host.folders.data, path, project);
    return { path };
  }

  keep(project: Project, path: string | null): Promise<void> {
    return this.journal.write(project, path);
  }
}
