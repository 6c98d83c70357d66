// Schema issues as sentences with the place they speak of. No schema of its own.

import type { z } from 'zod';

/** `networks[0].nodes[2].position.x` */
function jsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`), '');
}

/** One sentence per issue, at most `limit`, then how many more there are. */
export function describeIssues(issues: readonly z.core.$ZodIssue[], limit = 5): string[] {
  const sentences = issues.slice(0, limit).map((issue) => `${jsonPath(issue.path) || 'The whole'}: ${issue.message.replace(/^Invalid input: /, '')}.`);
  return issues.length > limit ? [...sentences, `${issues.length - limit} more problems.`] : sentences;
}
