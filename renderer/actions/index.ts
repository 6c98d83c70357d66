// All actions, and the few intents that views call with what they hold in hand.

import { attempt } from '../state/index.ts';
import { type Action, isEnabled } from './action.ts';
import { arrangeActions } from './arranging.ts';
import { blockActions } from './blocks.ts';
import { connectActions } from './connecting.ts';
import { editActions } from './edit.ts';
import { fileActions } from './file.ts';
import { languageActions } from './languages.ts';
import { layerActions, networkActions } from './network.ts';
import { noteActions } from './notes.ts';
import { propertyActions } from './properties.ts';
import { tourActions } from './tour.ts';
import { trainActions } from './train.ts';
import { viewActions } from './view.ts';

export { type Action, type ActionGroup, isEnabled, labelOf, plainLabelOf, shortcutsOf } from './action.ts';
export { addBlockPlace, openBlock, repeatBlock, toggleInPlace } from './blocks.ts';
export { reorderInput } from './connecting.ts';
export { newProject, open, openFile, openTemplate, saveCopy } from './file.ts';
export { languageOptions } from './languages.ts';
export { matches, pressedShortcut, shownShortcut } from './keys.ts';
export {
  addInput,
  addLayer,
  addLayerAt,
  connect,
  disconnect,
  insertLayerOn,
  moveLayers,
  reconnect,
  refusalOfReady,
  renameLayer,
  repair,
  setParameters,
} from './layers.ts';
export { putKeptApart, removeKept, renameKept } from './library.ts';
export { exportModel } from './models.ts';
export { addNetwork, deleteNetwork, duplicateNetwork, fillFrom, renameNetwork } from './network.ts';
export { changeNote } from './notes.ts';
export { endTour, stepTour } from './tour.ts';
export { race, train } from './train.ts';
export { figureActions, inOrder, showProblem } from './view.ts';

/** In the order in which a key is offered to them. */
export const actions: readonly Action[] = [
  ...connectActions,
  ...fileActions,
  ...editActions,
  ...viewActions,
  ...languageActions,
  ...tourActions,
  ...trainActions,
  ...noteActions,
  ...blockActions,
  ...propertyActions,
  ...networkActions,
  ...arrangeActions,
  ...layerActions,
];

const byId = new Map(actions.map((action) => [action.id, action]));
/** The action of that id. */
export function actionOf(id: string): Action {
  const action = byId.get(id);
  if (!action) throw new Error(`There is no action “${id}”.`);
  return action;
}

/** Runs an action if it makes sense now; a failure is shown. */
export function runAction(action: Action): void {
  if (isEnabled(action)) attempt(action.run);
}
