// Joins class names, leaving out what is absent.

/** `cx('a', on && 'b')` gives `a b` or `a`. */
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
