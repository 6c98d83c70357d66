// The rules one file can break by itself. Each answers with sentences: where, what, and what to do instead. Generated files may look as they like, but
// import no more than others.

import type { Import } from './readImports.ts';
import { advice, mayImport, roomOf } from './rooms.ts';
import type { SourceFile } from './sources.ts';

const longest = 600;

/** Everything that is wrong with a file, as sentences. */
export function violations(file: SourceFile): string[] {
  const isGenerated = file.path.includes('/generated/');
  return [...badImports(file), ...(isGenerated ? [] : [...badPlace(file), ...badText(file)])].map((sentence) => `${file.path}: ${sentence}`);
}

/** Tests, and what only tests use: folders called testing. */
const isTest = (path: string) => /\.(test|spec)\.tsx?$/.test(path) || path.includes('/testing/') || path.startsWith('e2e/') || path.includes('/testing/');

function badPlace({ path }: SourceFile): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const sentences: string[] = [];
  if (roomOf(path) === null) sentences.push('stands in no room. Move it into one of the folders of e2e/walls/rooms.ts.');
  if (name.endsWith('.tsx') && !/^[A-Z][A-Za-z0-9]*(\.test)?\.tsx$/.test(name) && path !== 'renderer/main.tsx')
    sentences.push("is a component file, so its name is its component's: PascalCase.tsx. Without JSX it would be camelCase.ts.");
  if (!name.endsWith('.tsx') && !/^[a-z][A-Za-z0-9]*(\.(test|spec|config))?\.(ts|mjs)$/.test(name))
    sentences.push('needs a camelCase name that says its main export, ending in .ts or .mjs.');
  return sentences;
}

function badImports(file: SourceFile): string[] {
  return file.imports.flatMap((imported) => (imported.file === null ? badPackage(file, imported) : badArrow(file, imported.file)));
}

/** Tests of shared may go further right than the code they test, but not out of shared. */
function badArrow({ path }: SourceFile, target: string): string[] {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (from === null || from === 'e2e') return [];
  if (to === null) return target.startsWith('package.json') ? [] : [`imports ${target}, which is in no room. Import from one of the six folders.`];
  const isSharedTest = isTest(path) && from.startsWith('shared/') && to.startsWith('shared/');
  return isSharedTest || mayImport(from, to) ? [] : [`may not import ${target}. ${advice(from, to)}`];
}

interface PackageWall {
  readonly packages: RegExp;
  readonly home: RegExp;
  readonly instead: string;
}

/** Packages with one home. */
const packageWalls: readonly PackageWall[] = [
  {
    packages: /^electron(\/|$)/,
    home: /^electron\//,
    instead: 'Electron stays in electron/: extend the Host interface (main/host.ts) and implement it in electron/host.ts.',
  },
  {
    packages: /^(onnxruntime-|@tensorflow\/tfjs-node)/,
    home: /^main\/trainer\//,
    instead: 'Engines stay in main/trainer/engines: use the Engine interface, or a message to the trainer.',
  },
  {
    packages: /^@xyflow\//,
    home: /^renderer\/canvas\//,
    instead: "The canvas library stays in renderer/canvas: use the document's own types of shared/network.",
  },
  { packages: /^zustand(\/|$)/, home: /^renderer\/state\//, instead: 'Stores live in renderer/state: add the value there and read it through its hook.' },
  { packages: /^react(-dom)?(\/|$)/, home: /^(renderer|e2e)\//, instead: 'React stays in the renderer.' },
];

const sharedPackages = ['zod', 'immer', 'birpc'];

function badPackage({ path }: SourceFile, { specifier }: Import): string[] {
  const sentences = packageWalls
    .filter(({ packages, home }) => packages.test(specifier) && !home.test(path))
    .map(({ instead }) => `may not import ${specifier}. ${instead}`);
  const isNode = specifier.startsWith('node:');
  const isConfig = path.endsWith('vite.config.ts');
  if (isNode && /^(shared|renderer)\//.test(path) && !isTest(path) && !isConfig)
    sentences.push(`may not import ${specifier}. shared and the renderer run in a browser too: let main do it, behind a call of shared/protocol.`);
  if (!isNode && sentences.length === 0 && path.startsWith('shared/') && !isTest(path) && !sharedPackages.includes(specifier))
    sentences.push(
      `may not import ${specifier}. shared may use ${sharedPackages.join(', ')} and nothing else: write it here, or move the code that needs it out.`,
    );
  if (!isNode && path.startsWith('main/setup/') && !isTest(path))
    sentences.push(`may not import ${specifier}. The set-up runs before anything is installed: Node's own modules only.`);
  return sentences;
}

function badText({ path, text }: SourceFile): string[] {
  const sentences: string[] = [];
  const lines = text.split('\n').length;
  if (lines > longest) sentences.push(`has ${lines} lines, more than ${longest}. Split it by what its parts are for.`);
  if (!isTest(path) && !/^(#!.*\n)?\/[/*]/.test(text)) sentences.push('does not open with a comment. Say in its first line what it is, and what it is not.');
  if (!isTest(path) && /\bMath\s*\.\s*random\b/.test(text))
    sentences.push('uses Math.random. Every run must be repeatable: use shared/lib/random.ts with a seed.');
  return sentences;
}
