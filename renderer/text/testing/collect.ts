// Collects the texts a person may read from the sources themselves, so that no list of them can be forgotten. For tests only.
//
// In the renderer: what is handed to `t`, `within` and `countOf`. Everywhere: what stands under a name that means words (`label`, `what`, …),
// and whatever else reads like a sentence. Templates become keys: `${n} layers` is `{0} layers`; a choice between two words inside becomes two keys.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export interface Found {
  readonly key: string;
  readonly place: string;
  /** `t`: handed to the translator; `early`: that, but once and for all, as its module is read; `told`: words elsewhere; `raw`: words in JSX that nobody hands on. */
  readonly how: 't' | 'told' | 'raw' | 'early';
}

/** A node of the syntax tree, as far as it is looked at here. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly [part: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const nodesOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const nameOf = (value: unknown): string => (isNode(value) ? String(value['name'] ?? value['value'] ?? '') : '');

/** Properties whose value is words, whatever they look like. */
const wordy = new Set([
  'label',
  'plain',
  'title',
  'text',
  'detail',
  'help',
  'what',
  'why',
  'where',
  'about',
  'message',
  'note',
  'headline',
  'placeholder',
  'group',
  'words',
  'describe',
  'classNames',
  '*',
]);
/** Tables whose entries are words, under whatever key: `statusWords`, `familyTitles`. */
const table = /(words|titles|gestures|figures|regions|waiting|arrows|rows|keyWords)$/i;
/** Properties whose value is for machines, however it reads. */
const silent = new Set(['synonyms', 'className', 'shortcut', 'id', 'd', 'source', 'path', 'code', 'name', 'style', 'expected']);
const prose = /[A-Za-z’]{2,}[,:;]? [“(]?[A-Za-z{]|\} [a-z]{2,}|[a-z]{2,} \{|^[A-Z][a-z]+ …$/;
const letters = /[A-Za-z]{2,}/;

const numbered = (key: string): string => {
  let place = 0;
  return key.replaceAll('{}', () => `{${place++}}`);
};

/** What an expression may come to as text: `{}` for what is not known here. */
function variants(node: Node): readonly string[] {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']];
  if (node.type === 'TemplateLiteral') return templateVariants(node);
  if (node.type === 'ParenthesizedExpression' && isNode(node['expression'])) return variants(node['expression']);
  if (node.type === 'ConditionalExpression' && isNode(node['consequent']) && isNode(node['alternate']))
    return [...new Set([...variants(node['consequent']), ...variants(node['alternate'])])];
  return ['{}'];
}

function templateVariants(node: Node): readonly string[] {
  const texts = nodesOf(node['quasis']).map((quasi) => String((quasi['value'] as { readonly cooked: string }).cooked));
  return nodesOf(node['expressions']).reduce<readonly string[]>(
    (before, expression, i) => before.flatMap((start) => variants(expression).map((middle) => `${start}${middle}${texts[i + 1]}`)),
    [texts[0] ?? ''],
  );
}

interface Walk {
  readonly found: Found[];
  readonly path: string;
  /** Whether this is done only when a function is called. */
  readonly inside: boolean;
}

function take({ found, path }: Walk, keys: readonly string[], how: Found['how']): void {
  for (const key of keys) {
    const trimmed = key.replace(/\s+/g, ' ').trim();
    if (letters.test(trimmed.replaceAll('{}', ''))) found.push({ key: numbered(trimmed), place: path, how });
  }
}

/** `countOf(n, 'layer')` says `{0} layer` and `{0} layers`. */
function counted(walk: Walk, [, one, many]: readonly Node[]): void {
  if (one?.type !== 'Literal') return;
  const single = String(one['value']);
  take(walk, [`{} ${single}`, `{} ${many?.type === 'Literal' ? String(many['value']) : `${single}s`}`], 'told');
}

function call(walk: Walk, node: Node): void {
  const args = nodesOf(node['arguments']);
  const name = nameOf(node['callee']);
  if (name === 'countOf') counted(walk, args);
  if ((name === 't' || name === 'within') && args[0]) {
    const options = args[0].type === 'LogicalExpression' && isNode(args[0]['right']) ? args[0]['right'] : args[0];
    take(walk, variants(options), walk.inside ? 't' : 'early');
  }
}

/** t`…`: every value is a place, in order. */
function tagged(walk: Walk, node: Node): void {
  const quasi = node['quasi'];
  if (nameOf(node['tag']) !== 't' || !isNode(quasi)) return;
  const texts = nodesOf(quasi['quasis']).map((part) => String((part['value'] as { readonly cooked: string }).cooked));
  take(walk, [texts.join('{}')], walk.inside ? 't' : 'early');
}

function literal(walk: Walk, node: Node, under: string): void {
  // In the window `words` are what a search finds something by; in shared they stand on buttons.
  const isSearched = under === 'words' && walk.path.startsWith('renderer/');
  const isData = under === 'name' && walk.path.startsWith('shared/datasets/');
  if ((silent.has(under) && !isData) || isSearched) return;
  const told = variants(node).filter((text) => wordy.has(under) || isData || prose.test(text));
  take(walk, told, 'told');
}

const isFunction = /Function|MethodDefinition/;
const skipped = /^(Import|ExportAll|TS(?!As|NonNull|Satisfies))/;

function visit(walk: Walk, node: Node, under: string): void {
  if (skipped.test(node.type)) return;
  if (node.type === 'TaggedTemplateExpression') tagged(walk, node);
  if (node.type === 'CallExpression') call(walk, node);
  if (node.type === 'JSXText') take(walk, [String(node['value'])], 'raw');
  if (node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string')) literal(walk, node, under);
  const below = isFunction.test(node.type) && !walk.inside ? { ...walk, inside: true } : walk;
  for (const [part, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? nodesOf(value) : isNode(value) ? [value] : []) visit(below, child, underOf(node, part, under));
  }
}

const underKey = (key: string, under: string): string => (under === '*' && !silent.has(key) ? '*' : key);

/** The property whose value the parts of a node are. */
function underOf(node: Node, part: string, under: string): string {
  if (node.type === 'VariableDeclarator') return part === 'init' && table.test(nameOf(node['id'])) ? '*' : under;
  if (node.type === 'Property') return part === 'value' ? underKey(nameOf(node['key']), under) : 'id';
  if (node.type === 'JSXAttribute') return nameOf(node['name']);
  if (node.type === 'TaggedTemplateExpression' && nameOf(node['tag']) === 't') return part === 'quasi' ? 'id' : under;
  if (node.type === 'CallExpression' && /^(t|within|countOf)$/.test(nameOf(node['callee'])) && part === 'arguments') return 'id';
  if (node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'ArrowFunctionExpression')
    return wordy.has(under) && under !== 'describe' ? '' : under;
  if (node.type === 'BinaryExpression' || (node.type === 'MemberExpression' && part === 'property')) return 'id';
  return under;
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!/^(testing|fixtures|node_modules|generated)$/.test(entry.name)) yield* sources(path);
    } else if (/\.tsx?$/.test(entry.name) && !/\.(test|config|d)\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Every text of the sources in a folder of the clone. */
export function collect(folder: string, but: RegExp = /^$/): readonly Found[] {
  const found: Found[] = [];
  for (const path of sources(folder)) {
    if (but.test(path)) continue;
    const { program } = parseSync(path, readFileSync(path, 'utf8'));
    visit({ found, path, inside: false }, program as unknown as Node, '');
  }
  return found;
}
