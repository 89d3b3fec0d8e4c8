import { z } from 'zod';
import { lookUntil } from '#test/kit/conditions.ts';
import type { Rig } from './rig.ts';

const Alert = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.object({ summary: z.string(), runbook: z.string() }),
  receivers: z.array(z.object({ name: z.string() })),
});
/** An alert that fires, and its receivers. */
export type Alert = z.infer<typeof Alert>;

const LOOK_AGAIN_MS = 1_000;

/** As Alertmanager has them, of one name. */
export const firing = async ({ alertmanagerUrl }: Rig, name: string): Promise<readonly Alert[]> => {
  const filter = encodeURIComponent(`alertname="${name}"`);
  const response = await fetch(`${alertmanagerUrl}/api/v2/alerts?active=true&filter=${filter}`);
  return z.array(Alert).parse(await response.json());
};

/** Waits until it fires; throws if it does not in time. */
export const untilFires = async (rig: Rig, name: string, patienceMs: number): Promise<Alert> => {
  const pace = { everyMs: LOOK_AGAIN_MS, patienceMs };
  const [alert] = await lookUntil(
    () => firing(rig, name),
    (found) => found.length > 0,
    pace,
  );
  if (!alert) throw new Error(`${name} does not fire`);
  return alert;
};

/** Waits until it fires no more; throws if it still does in the end. */
export const untilClear = async (rig: Rig, name: string, patienceMs: number): Promise<void> => {
  const pace = { everyMs: LOOK_AGAIN_MS, patienceMs };
  const left = await lookUntil(
    () => firing(rig, name),
    (found) => found.length === 0,
    pace,
  );
  if (left.length > 0) throw new Error(`${name} still fires`);
};
