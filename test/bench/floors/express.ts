import { startChild } from '#adapters/process/child.ts';
import { cpuMsOf } from '../cpu.ts';
import type { Floor } from '../figures.ts';
import { measure, type Load, type Measured } from '../load.ts';
import { read } from '../shop/http.ts';

const SERVER = new URL('express-server.ts', import.meta.url);
/** Before what is measured, so that code is compiled. */
export const WARM_UP_S = 0.5;

/**
 * The floor for HTTP: a bare Express route, in a process of its own for as long as it is measured.
 * @returns its requests per second, and `cpuMs` of the server per request
 * @param body what it answers, as JSON; a page of products when absent
 */
export const expressPerSecond = async (
  load: Load,
  body?: unknown,
): Promise<Floor & { readonly measured: Measured; readonly cpuMs: number }> => {
  const child = startChild({
    name: 'bare Express',
    entry: SERVER,
    env: { ...process.env, FLOOR_BODY: body === undefined ? undefined : JSON.stringify(body) },
  });
  try {
    const [, port = ''] = await child.line(/^listening (\d+)/);
    const url = `http://127.0.0.1:${port}/`;
    // Its code is warm before it counts, so that it is a floor.
    await measure({ ...load, seconds: WARM_UP_S }, () => read(url));
    const before = cpuMsOf(child.pid ?? 0);
    const measured = await measure(load, () => read(url));
    const cpuMs = (cpuMsOf(child.pid ?? 0) - before) / measured.count;
    return { what: 'bare Express', value: measured.perSecond, measured, cpuMs };
  } finally {
    await child.end();
  }
};
