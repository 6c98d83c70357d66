// Edits and saves a project without end, as fast as it can, and says what is on disk: `kept N` once the automatic copy of edit N is, `saved N`
// once the file is. Started to be killed (savingKills.ts). node editor.ts DATA-FOLDER FILE FIRST

import { projectFromTemplate, Projects } from '../../main/projects/index.ts';

const [data = '', file = '', first = '0'] = process.argv.slice(2);
const projects = new Projects({ folders: { data, cache: data }, dialogs: null }, { open: () => Promise.reject(new Error('no models here')) });
const project = projectFromTemplate('digits');
await projects.open(file).catch(() => null);

const edited = (edit: number) => ({ ...project, name: `Edit ${edit}` });
for (let edit = Number(first); ; edit++) {
  await projects.keep(edited(edit), file);
  process.stdout.write(`kept ${edit}\n`);
  if (edit % 3 !== 0) continue;
  await projects.save(edited(edit), file);
  process.stdout.write(`saved ${edit}\n`);
}
