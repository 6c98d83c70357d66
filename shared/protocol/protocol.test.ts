import { describe, expect, it } from 'vitest';
import { NetwrightError } from '../lib/errors.ts';
import { newProject } from '../project/create.ts';
import { callArguments } from './arguments.ts';
import { type Channel, channelPair } from './channel.ts';
import { createClient } from './client.ts';
import type { Handlers, RunProgress } from './contract.ts';
import { runCall, serve } from './server.ts';

/** Handlers that answer with their own arguments, so that a test sees what crossed. */
const echo = (over: Partial<Handlers> = {}): Handlers =>
  Object.assign(Object.fromEntries(Object.keys(callArguments).map((name) => [name, (...args: unknown[]) => args])), over) as unknown as Handlers;
const project = newProject({ name: 'P', networks: [{ id: 'n', name: 'N', nodes: [], edges: [] }] });
const progress = (id: string): RunProgress => ({
  id,
  status: 'running',
  step: 1,
  totalSteps: 2,
  batches: [],
  epochs: [],
  secondsElapsed: 0,
  secondsLeft: null,
  samplesPerSecond: null,
  memory: null,
});

describe('a connection', () => {
  it('carries calls there and results back', async () => {
    const [client, server] = channelPair();
    serve(server, echo({ 'projects.serialize': (p) => `got ${p.name}` }));
    const { calls } = createClient(client);
    expect(await calls['projects.serialize'](project)).toBe('got P');
    expect(await calls['datasets.preview']('mnist', 'train', 0, 9)).toEqual(['mnist', 'train', 0, 9]);
  });

  it('throws a refusal again as the same error', async () => {
    const [client, server] = channelPair();
    const refusal = new NetwrightError({ kind: 'data', code: 'idx-magic', message: 'Not IDX.', where: 'a.gz' });
    serve(server, echo({ 'datasets.fetch': () => Promise.reject(refusal) }));
    const error = await createClient(client)
      .calls['datasets.fetch']('mnist')
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(NetwrightError);
    expect(error).toMatchObject({ kind: 'data', code: 'idx-magic', message: 'Not IDX.', where: 'a.gz' });
  });

  it('turns any other thrown thing into a readable error', async () => {
    expect(
      await runCall(
        echo({
          'app.info': () => {
            throw new TypeError('x is undefined');
          },
        }),
        'app.info',
        [],
      ),
    ).toEqual({ error: { kind: 'work', code: 'unexpected', message: 'x is undefined' } });
  });

  it('delivers events to those who subscribed, until they end it', async () => {
    const [client, server] = channelPair();
    const { emit } = serve(server, echo());
    const connection = createClient(client);
    const seen: string[] = [];
    const end = connection.subscribe('runs.changed', ({ id }) => void seen.push(id));
    emit('runs.changed', { id: 'a' });
    emit('datasets.progress', { id: 'mnist', received: 1, total: null });
    await connection.calls['runs.list']();
    end();
    emit('runs.changed', { id: 'b' });
    await connection.calls['runs.list']();
    expect(seen).toEqual(['a']);
  });

  it('leaves out progress while the other side is slow, then says which runs to look at', () => {
    const sent: string[] = [];
    let slow = true;
    const channel: Channel = { post: (text) => void sent.push(text), listen: () => undefined, onClose: () => undefined, congested: () => slow };
    const { emit } = serve(channel, echo());
    for (let i = 0; i < 1000; i++) emit('runs.progress', progress('r1'));
    expect(sent).toHaveLength(0);
    slow = false;
    emit('runs.progress', progress('r2'));
    expect(sent.map((text) => JSON.parse(text).a)).toEqual([
      ['runs.changed', { id: 'r1' }],
      ['runs.progress', progress('r2')],
    ]);
  });

  it('ends all calls when the channel closes', async () => {
    const [client, server] = channelPair();
    serve(server, echo({ 'projects.open': () => new Promise(() => undefined) }));
    const connection = createClient(client);
    const pending = connection.calls['projects.open'](null).catch((error: unknown) => error);
    await connection.calls['runs.list']();
    client.close();
    expect(await pending).toMatchObject({ code: 'connection-lost' });
    await expect(connection.calls['runs.list']()).rejects.toThrow('connection to Netwright’s main process is gone');
  });
});

describe('what comes in', () => {
  const refused: readonly [string, unknown, unknown, RegExp][] = [
    ['an unknown call', 'runs.explode', [], /no call “runs\.explode”/],
    ['a name from the prototype', 'constructor', [], /no call “constructor”/],
    ['a name that is no text', 7, [], /no call “7”/],
    ['arguments that are no list', 'runs.list', { length: 0 }, /no list of arguments/],
    ['too many arguments', 'runs.list', [1], /“runs\.list” got arguments that do not fit/],
    ['a missing argument', 'runs.pause', [], /Too small: expected array to have >=1 items/],
    ['a project without networks', 'projects.save', [{ ...project, networks: [] }, null], /\[0\]\.networks: Too small/],
    ['a negative learning rate', 'runs.setLearningRate', ['r', -1], /\[1\]: Too small/],
    ['a learning rate that is no number', 'runs.setLearningRate', ['r', null], /\[1\]: expected number/],
    ['a part that is not there', 'datasets.preview', ['mnist', 'validation', 0, 1], /\[1\]: Invalid option/],
  ];
  it.each(refused)('refuses %s', async (_, name, args, sentence) => {
    const outcome = await runCall(echo(), name, args);
    expect(outcome).toMatchObject({ error: { kind: 'usage', message: expect.stringMatching(sentence) } });
  });

  it('takes no harm from garbage', async () => {
    const [client, server] = channelPair();
    serve(server, echo());
    for (const text of [
      '',
      'null',
      '[]',
      '{"t":"q"}',
      '{"t":"q","m":"__proto__","a":[]}',
      '{"t":"q","m":"call","i":"1","a":{}}',
      `${'['.repeat(100)}`,
      '{"t":"s","i":"x"}',
    ])
      client.post(text);
    expect(await createClient(client).calls['app.info']()).toEqual([]);
  });
});
