import { statSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import type { Engine } from './engine.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { until } from '#test/kit/conditions.ts';
import { ask } from './probe.ts';
import { identify } from '#adapters/process/identity.ts';
import { writeStarted } from './records.ts';
import type { Settings } from './settings.ts';
import { addressesFile, bringUp, publishAddresses, stateOf, takeDown, wipe } from './lifecycle.ts';

/** Listens on the port that is its argument. */
const SERVER = `require('node:net').createServer(s => s.on('error', () => {}).end('hello')).listen(Number(process.argv[1]), '127.0.0.1')`;

let home: string;
let port: number;
let settings: Settings;
let installs: number;
let program: string;

const toy: Engine = {
  name: 'toy',
  port: 1,
  ports: 1,
  secretNames: ['word'],
  install: async () => void (installs += 1),
  prepare: async (site) => ({ program: process.execPath, args: ['-e', program, String(site.port)] }),
  isReady: async (site) => (await ask(site.port)).length === 0,
  addresses: (site) => ({ url: `tcp://127.0.0.1:${site.port}`, word: site.secrets['word'] }),
};

/** Answers as long as the toy under it does. */
const onTop: Engine = {
  ...toy,
  name: 'on-top',
  backing: toy,
  prepare: async ({ port: own, backing }) => {
    expect(backing).toMatchObject({ url: `tcp://127.0.0.1:${own + 1}` });
    return { program: process.execPath, args: ['-e', program, String(own)] };
  },
};

beforeEach(async () => {
  home = temporaryFolder();
  port = await freePort(2);
  settings = { home, software: join(home, 'software'), portOf: () => port };
  installs = 0;
  program = SERVER;
});
afterEach(async () => {
  for (const engine of [toy, onTop]) await wipe(settings, engine);
});

describe('an engine', () => {
  it('starts, becomes ready, and stops', async () => {
    expect(await bringUp(settings, toy)).toBe(true);
    const { state, pid = 0 } = await stateOf(settings, toy);
    expect([state, identify(pid)?.pid]).toEqual(['up', pid]);
    expect(await takeDown(settings, toy)).toBe(true);
    expect([(await stateOf(settings, toy)).state, identify(pid)]).toEqual(['down', undefined]);
    expect(await takeDown(settings, toy)).toBe(false);
  });

  it('is left alone if it already runs, whatever the settings now are', async () => {
    await bringUp(settings, toy);
    const before = await stateOf(settings, toy);
    const moved = { ...settings, portOf: () => port + 1 };
    expect(await bringUp(moved, toy)).toBe(false);
    expect(await stateOf(moved, toy)).toMatchObject({ pid: before.pid, port });
    expect(installs).toBe(1);
  });

  it('publishes its address and secrets to its owner only, until it stops', async () => {
    await bringUp(settings, toy);
    await publishAddresses(settings, [toy]);
    const read = async (): Promise<unknown> => JSON.parse(await readFile(addressesFile(settings), 'utf8'));
    expect(await read()).toEqual({
      toy: { url: `tcp://127.0.0.1:${port}`, word: expect.stringMatching(/^[0-9a-f]{36}$/) },
    });
    expect(statSync(addressesFile(settings)).mode & 0o777).toBe(0o600);
    await takeDown(settings, toy);
    await publishAddresses(settings, [toy]);
    expect(await read()).toEqual({});
  });

  it('keeps its secrets until its data is deleted', async () => {
    const word = async (): Promise<unknown> => {
      await bringUp(settings, toy);
      await publishAddresses(settings, [toy]);
      return (JSON.parse(await readFile(addressesFile(settings), 'utf8')) as { toy: { word: unknown } }).toy
        .word;
    };
    const first = await word();
    await takeDown(settings, toy);
    expect(await word()).toBe(first);
    await wipe(settings, toy);
    expect(await word()).not.toBe(first);
  });

  it('does not start on a port in use', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    await expect(bringUp(settings, toy)).rejects.toThrow('TOY_PORT');
    expect((await stateOf(settings, toy)).state).toBe('down');
    other.close();
  });

  it('shows its log if it exits during its start', async () => {
    program = `console.error('no such disk'); process.exit(1)`;
    await expect(bringUp(settings, toy)).rejects.toThrow('no such disk');
  });

  it('starts and stops together with the engine that stores its data', async () => {
    const under = { ...settings, home: join(home, 'on-top'), portOf: () => port + 1 };
    await bringUp(settings, onTop);
    expect((await stateOf(under, toy)).state).toBe('up');
    const { pid = 0 } = await stateOf(under, toy);
    process.kill(pid, 'SIGKILL');
    await until(async () => (await stateOf(under, toy)).state === 'died');
    expect(await bringUp(settings, onTop)).toBe(false);
    expect((await stateOf(under, toy)).state).toBe('up');
    await takeDown(settings, onTop);
    expect([await stateOf(settings, onTop), await stateOf(under, toy)]).toMatchObject([
      { state: 'down' },
      { state: 'down' },
    ]);
  });

  it('never ends another process that has its process ID', async () => {
    const folder = join(home, 'toy');
    await mkdir(folder);
    await writeStarted(folder, { pid: process.pid, born: 'in another life', port });
    expect((await stateOf(settings, toy)).state).toBe('died');
    expect(await takeDown(settings, toy)).toBe(false);
  });
});
