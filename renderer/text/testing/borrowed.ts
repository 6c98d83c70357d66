// Sentences that libraries write and the window shows; no source of ours says them. For tests only.

/** What zod says of a setting that does not fit. */
export const borrowed: readonly string[] = [
  'Too small: expected number to be >={0}',
  'Too small: expected number to be >{0}',
  'Too big: expected number to be <={0}',
  'Too big: expected number to be <{0}',
  'Invalid input: expected {0}, received {1}',
  'Invalid option: expected one of {0}',
  'Unrecognized key: "{0}"',
];
