// The open network as source text in the chosen language, made anew when it changes.

import { useDeferredValue, useMemo } from 'react';
import { jsonSource } from '../../shared/code/json.ts';
import { kerasSource } from '../../shared/code/keras.ts';
import type { CodeRequest } from '../../shared/code/model.ts';
import { pytorchSource } from '../../shared/code/pytorch.ts';
import type { Source } from '../../shared/code/source.ts';
import { type CodeLanguage, useActiveAnalysis, useActiveDataset, useActiveNetwork, useTrainingSettings } from '../state/index.ts';

const writers: Readonly<Record<CodeLanguage, (request: CodeRequest) => Source>> = {
  keras: kerasSource,
  pytorch: pytorchSource,
  json: ({ network }) => jsonSource(network),
};

/** Empty while no network is open. It follows an edit without holding it up. */
export function useSource(language: CodeLanguage): Source {
  const network = useDeferredValue(useActiveNetwork());
  const dataset = useDeferredValue(useActiveDataset());
  const settings = useDeferredValue(useTrainingSettings());
  const analysis = useDeferredValue(useActiveAnalysis());
  return useMemo(() => (network ? writers[language]({ network, dataset, settings, analysis }) : []), [language, network, dataset, settings, analysis]);
}
