// Undo and redo: exact, grouped by gesture, over everything that changes the document.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Project, projectVersion } from '../../shared/project/project.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { closeStep, foldPause, freshHistory, type History, historyLimit, record, redo, undo } from './history.ts';
import type { ProjectEdit } from './projectEdits.ts';

const network = (id: string) => ({ id, name: id.toUpperCase(), nodes: [], edges: [] });
const project: Project = {
  format: 'netwright',
  version: projectVersion,
  name: 'P',
  networks: [network('a'), network('b')],
  dataset: null,
  training: defaultTrainingSettings,
  runs: [],
};
const node = (id: string) => ({ id, kind: 'dense', name: id, parameters: {}, position: { x: 0, y: 0 } });
const addNode = (id: string, to = 'a'): ProjectEdit => ({ type: 'network', network: to, edits: [{ type: 'addNode', node: node(id) }] });
const units = (value: number): ProjectEdit => ({ type: 'network', network: 'a', edits: [{ type: 'setParameters', node: 'n', parameters: { units: value } }] });

function randomEdit({ networks }: Project, kind: number, value: number): ProjectEdit {
  const one = networks[value % networks.length] as Project['networks'][number];
  const edits: ProjectEdit[] = [
    {
      type: 'network',
      network: one.id,
      edits: [one.nodes.some(({ id }) => id === `n${value}`) ? { type: 'removeNodes', nodes: [`n${value}`] } : { type: 'addNode', node: node(`n${value}`) }],
    },
    networks.some(({ id }) => id === `x${value}`)
      ? { type: 'renameProject', name: `P${value}` }
      : { type: 'addNetwork', network: network(`x${value}`), index: value % (networks.length + 1) },
    networks.length > 1 ? { type: 'removeNetwork', network: one.id } : { type: 'setDataset', dataset: `d${value}` },
    { type: 'moveNetwork', network: one.id, index: value % networks.length },
    { type: 'setDataset', dataset: value % 3 === 0 ? null : `d${value}` },
    { type: 'setTraining', settings: value % 2 === 0 ? { epochs: value + 1 } : { batchSize: value + 1, seed: value } },
    { type: 'renameProject', name: `Project ${value}` },
  ];
  return edits[kind % edits.length] as ProjectEdit;
}

describe('history', () => {
  test('every step of random work is undone exactly and redone exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(9)), { minLength: 1, maxLength: 40 }), (choices) => {
        const states: string[] = [JSON.stringify(project)];
        let history = freshHistory(project);
        for (const [kind, value] of choices) {
          history = record(history, 'work', [randomEdit(history.project, kind, value)], 0);
          states.push(JSON.stringify(history.project));
        }
        for (const before of states.slice(0, -1).toReversed()) {
          history = undo(history);
          expect(JSON.stringify(history.project)).toBe(before);
        }
        for (const after of states.slice(1)) {
          history = redo(history);
          expect(JSON.stringify(history.project)).toBe(after);
        }
      }),
      { seed: 20261121, numRuns: 200 },
    );
  });

  const typed = (pause: number): History => {
    const start = record(freshHistory(project), 'add n', [addNode('n')], 0);
    return record(record(start, 'set units', [units(1)], 0, { fold: 'n/units' }), 'set units', [units(12)], pause, { fold: 'n/units' });
  };
  test('what is typed in one go is one step', () => {
    const history = typed(200);
    expect(history.past).toHaveLength(2);
    expect(undo(history).project.networks[0]?.nodes[0]?.parameters).toEqual({});
    expect(redo(undo(history)).project).toEqual(history.project);
  });
  test('a pause, another field or the end of the gesture begins a new step', () => {
    expect(typed(foldPause).past).toHaveLength(3);
    const start = record(record(freshHistory(project), 'add n', [addNode('n')], 0), 'set units', [units(1)], 0, { fold: 'n/units' });
    expect(record(start, 'set bias', [units(2)], 10, { fold: 'n/useBias' }).past).toHaveLength(3);
    expect(record(closeStep(start), 'set units', [units(2)], 10, { fold: 'n/units' }).past).toHaveLength(3);
  });
  test('what was undone does not fold with what comes after', () => {
    const back = redo(undo(typed(200)));
    expect(record(back, 'set units', [units(5)], 300, { fold: 'n/units' }).past).toHaveLength(3);
  });
  test('new work forgets what could be redone', () => {
    const history = record(undo(record(freshHistory(project), 'a', [addNode('n')], 0)), 'b', [addNode('m')], 0);
    expect(history.future).toEqual([]);
    expect(redo(history)).toBe(history);
  });
  test('a refused change leaves everything as it was', () => {
    const history = freshHistory(project);
    expect(() => record(history, 'x', [addNode('n'), addNode('n')], 0)).toThrow('already has a layer');
    expect(history).toEqual(freshHistory(project));
    expect(() => record(history, 'x', [{ type: 'network', network: 'ghost', edits: [] }], 0)).toThrow('no network with the id “ghost”');
  });
  test('the last network stays', () => {
    const one = record(freshHistory(project), 'delete', [{ type: 'removeNetwork', network: 'a' }], 0);
    expect(() => record(one, 'delete', [{ type: 'removeNetwork', network: 'b' }], 0)).toThrow('at least one network');
  });
  test('old steps fall off the far end', () => {
    let history = freshHistory(project);
    for (let i = 0; i < historyLimit + 5; i++) history = record(history, `name ${i}`, [{ type: 'renameProject', name: `N${i}` }], 0);
    expect(history.past).toHaveLength(historyLimit);
    expect(history.past[0]?.label).toBe('name 5');
  });
});
