// Texts of the sources that the collector takes for words and that nobody is to translate, with the reason. For tests only.

/** Names stay as they are in every language. */
const names = [
  'Keras',
  'PyTorch',
  'JSON',
  'Netwright',
  'ONNX Runtime',
  'onnxruntime',
  'CELU',
  'GELU',
  'GLU',
  'Mish',
  'ReLU6',
  'SELU',
  'SiLU',
  'Enter',
  'Esc',
  'training.classWeights',
  'training.loss',
  'training.metrics',
  'training.schedule.parameters',
  'x * sigmoid(x)',
  '{0}{1}/layers/',
  '{0} ms',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'TensorFlow',
  'abcdefghijklmnopqrstuvwxyz',
  'max(0, x)',
  'turns',
];

/** Said to other programs, or by faults of ours that nobody can meet in the window. */
const internal = [
  'There is no action “{0}”.',
  'There is no canvas yet.',
  'index.html has no element #root.',
  'This server answers only as {0}.',
  'The address has a form that is not served.',
  'The request comes from another page.',
  'Only POST is allowed here.',
  'Only a WebSocket is served here.',
  'Only GET is allowed here.',
  'There is no WebSocket here.',
  'Open the address that Netwright printed: it carries the code that lets this page in.',
  'There is no package.json above {0}.',
  "The run's state has no “{0}”.",
  'The catalogue has lost the spirals.',
  'The model has no signature “{0}”.',
  'A use compiles its programs.',
  'The prepared file ends early, after {0} of {1} bytes.',
  'Row {0} of the prepared data could not be read: {1} of {2} bytes.',
  'text only',
];

/** Other words that a layer or an action is found by in a search. */
const searchWords = ['weights count', 'cost flops macs compute', 'bytes size', 'sees patch kernel'];

const exact: ReadonlySet<string> = new Set([...names, ...internal, ...searchWords]);
/** Style sheets, selectors, media queries and headers. */
const forMachines = /\dpx|\}px|\[role=|\[type=|^\(prefers-|^(bottom|top) (start|end)$|^text\/|HttpOnly|HTTP\/1\.1|-src 'none'/;

/** Whether a collected text is none that a person reads in the window. */
export const isNotShown = (key: string): boolean => exact.has(key) || forMachines.test(key);
