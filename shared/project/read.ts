// The text of a .netwright file to a project and back. Reading refuses with reasons and repairs nothing; writing gives the
// same bytes for the same project.

import { NetwrightError } from '../lib/errors.ts';
import { projectProblems } from './consistency.ts';
import { describeIssues } from './issues.ts';
import { type JsonObject, migrate } from './migrations/index.ts';
import { type Json, parseJson } from './plainJson.ts';
import { type Project, projectSchema, projectVersion } from './project.ts';

const refuse = (code: string, where: string, message: string): NetwrightError => new NetwrightError({ kind: 'project', code, where, message });

/** The document's own version, checked to be one we can read. */
function versionOf(document: Json, where: string): number {
  if (typeof document !== 'object' || document === null || Array.isArray(document) || (document as JsonObject).format !== 'netwright') {
    throw refuse('project-format', where, `${where} is not a Netwright project: the field “format” should be “netwright”.`);
  }
  const { version } = document as JsonObject;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw refuse('project-version', where, `${where}: version: expected a whole number from 1, found ${JSON.stringify(version)}.`);
  }
  if (version > projectVersion) {
    throw refuse(
      'project-newer',
      where,
      `${where} was saved by a newer Netwright (file version ${version}; this one reads up to ${projectVersion}). Update Netwright to open it; the file is left as it is.`,
    );
  }
  return version;
}

function check(document: unknown, where: string): Project {
  const result = projectSchema.safeParse(document);
  const problems = result.success ? projectProblems(result.data) : describeIssues(result.error.issues);
  if (problems.length > 0) throw refuse('project-invalid', where, `${where} is not a valid project. ${problems.slice(0, 6).join(' ')}`);
  // The document itself, not the schema's copy: what a newer version added to nodes and edges survives.
  return document as Project;
}

/**
 * Reads a project file's text.
 * @param where the file's name, for messages
 * @throws NetwrightError of kind `project`
 */
export function readProject(text: string, where: string): Project {
  const document = parseJson(text, where);
  const version = versionOf(document, where);
  return check(migrate(document as JsonObject, version, projectVersion), where);
}

const leading = ['format', 'version', 'id', 'name', 'kind', 'source', 'target', 'input', 'nodes', 'edges', 'networks'];
const rank = (key: string): number => {
  const index = leading.indexOf(key);
  return index < 0 ? leading.length : index;
};
const byName = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort(byName)
      .map((key) => [key, ordered((value as Record<string, unknown>)[key])]),
  );
}

/** The file's text: the same for equal projects, whatever the order of their keys. @throws NetwrightError where it could not be read again */
export function serializeProject(project: Project): string {
  check(project, project.name || 'The project');
  return `${JSON.stringify(ordered(project), null, 2)}\n`;
}
