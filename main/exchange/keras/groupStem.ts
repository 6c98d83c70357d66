// Keras' `to_snake_case` of a class's name: what weights in a .keras file are filed under, with a count behind it.

/** `MaxPooling2D` to `max_pooling2d`. */
export const groupStem = (className: string): string =>
  (Object.hasOwn(ownNames, className) ? (ownNames[className] as string) : className)
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** A class by its public name, where older files write its own. */
export const publicName = (className: string): string => Object.entries(ownNames).find(([, own]) => own === className)?.[0] ?? className;

/** Classes that are written by a public name and filed by their own. */
const ownNames: Readonly<Record<string, string>> = { GroupQueryAttention: 'GroupedQueryAttention' };
