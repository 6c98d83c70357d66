// German: one file of texts for each room of the app. English, as the code has it, stands left.

import type { Catalogue } from '../languages.ts';
import actions from './actions.json' with { type: 'json' };
import canvas from './canvas.json' with { type: 'json' };
import inspector from './inspector.json' with { type: 'json' };
import layerHelp from './layerHelp.json' with { type: 'json' };
import layerParts from './layerParts.json' with { type: 'json' };
import layerSentences from './layerSentences.json' with { type: 'json' };
import layerWords from './layerWords.json' with { type: 'json' };
import losses from './losses.json' with { type: 'json' };
import main from './main.json' with { type: 'json' };
import networks from './networks.json' with { type: 'json' };
import optimizers from './optimizers.json' with { type: 'json' };
import problems from './problems.json' with { type: 'json' };
import race from './race.json' with { type: 'json' };
import training from './training.json' with { type: 'json' };
import window from './window.json' with { type: 'json' };

/** By room, so that a text is found where it is looked for. */
export const rooms: Readonly<Record<string, Catalogue>> = {
  actions,
  canvas,
  inspector,
  layerHelp,
  layerParts,
  layerSentences,
  layerWords,
  losses,
  main,
  networks,
  optimizers,
  problems,
  race,
  training,
  window,
};

export const german: Catalogue = Object.assign({}, ...Object.values(rooms));
