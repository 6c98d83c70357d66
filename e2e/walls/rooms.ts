// The rooms of the house and the arrows between them, as a table. `design`: data flows one way, and this is what keeps it so.

/** In shared, each may import what stands to its left. */
const sharedRooms = ['lib', 'tensor', 'layers', 'training', 'datasets', 'network', 'compile', 'code', 'project', 'protocol'];

/** Rooms of the renderer that are no views. Every other folder is a view, and no view imports another. */
const rendererRooms = ['app', 'actions', 'state', 'ui', 'text', 'styles'];

/** The room a file belongs to; null where files have no business. */
export function roomOf(path: string): string | null {
  const [top = '', second = '', third] = path.split('/');
  if (top === 'shared') return third !== undefined && sharedRooms.includes(second) ? `shared/${second}` : null;
  if (top === 'renderer') return third === undefined ? 'renderer' : rendererRooms.includes(second) ? `renderer/${second}` : `renderer/view:${second}`;
  if (top === 'main') return third !== undefined && ['trainer', 'emit', 'files', 'setup'].includes(second) ? `main/${second}` : 'main';
  if (path.startsWith('electron/packaging/')) return 'electron/packaging';
  return ['electron', 'e2e', 'assets'].includes(top) ? top : null;
}

/** Which rooms a room may import, besides itself. */
export function mayImport(from: string, to: string): boolean {
  if (from === to || from === 'e2e') return true;
  if (from === 'assets' || from === 'electron/packaging') return to === 'main/setup';
  if (from.startsWith('shared/')) return isLeftOf(to, from);
  if (to.startsWith('shared/')) return from === 'renderer/ui' ? to === 'shared/lib' : from !== 'main/setup';
  return (arrows[from.replace(/:.*/, '')] ?? []).includes(to.replace(/:.*/, ''));
}

/** Arrows outside shared. A view is `renderer/view` here; two views are told apart above, by being equal. */
const arrows: Record<string, readonly string[]> = {
  main: ['main/emit', 'main/files'],
  'main/trainer': ['main/emit', 'main/files'],
  electron: ['main'],
  renderer: ['renderer/app', 'renderer/state', 'renderer/ui', 'renderer/text', 'renderer/styles'],
  'renderer/app': ['renderer/view', 'renderer/actions', 'renderer/state', 'renderer/ui', 'renderer/text', 'renderer/styles'],
  'renderer/view': ['renderer/actions', 'renderer/state', 'renderer/ui', 'renderer/text', 'renderer/styles'],
  'renderer/actions': ['renderer/state', 'renderer/text'],
  'renderer/state': ['renderer/text'],
  'renderer/ui': ['renderer/text', 'renderer/styles'],
};

function isLeftOf(to: string, from: string): boolean {
  const place = (room: string) => sharedRooms.indexOf(room.replace('shared/', ''));
  return to.startsWith('shared/') && place(to) < place(from);
}

/** What to do instead of an import that is not allowed. */
export function advice(from: string, to: string): string {
  if (from.startsWith('shared/') && to.startsWith('shared/'))
    return `In shared each room may import only what stands to its left: ${sharedRooms.join(', ')}. Move what both need to the left.`;
  if (from.startsWith('shared/')) return 'shared is pure: pass the value or the function in as an argument, or move the code out of shared.';
  if (to === 'main/trainer')
    return 'The trainer is another process: start it and talk to it in the messages of shared; types that both need belong into shared.';
  if (from === 'main/trainer') return 'The trainer imports shared, main/emit and main/files only: move what both need into shared, or send it in a message.';
  if (to === 'electron') return 'main knows no Electron: put what is needed into the Host interface (main/host.ts) and let electron/host.ts fulfil it.';
  if (from.startsWith('renderer/view') && to.startsWith('renderer/view'))
    return 'No view imports another: share state through renderer/state, parts through renderer/ui, and put views together in renderer/app.';
  if (from === 'renderer/ui') return 'ui knows no word of the domain: take what it shows as properties; shared/lib is all it may import.';
  if (from.startsWith('renderer') && to.startsWith('renderer'))
    return 'In the renderer app imports views, views import actions, actions import state, and all import ui: move the code to the right, or turn it into an action.';
  if (from.startsWith('renderer')) return 'The renderer imports shared only: ask the main process through the protocol (shared/protocol).';
  if (from === 'main/setup') return "The set-up runs before anything is installed: it imports Node's own modules and itself.";
  return 'See the arrows in e2e/walls/rooms.ts; move what both need into shared.';
}
