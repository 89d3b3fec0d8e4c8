import { randomBytes } from 'node:crypto';
import { inBatches } from '#adapters/batching/in-batches.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import type { Verdict } from '../../core/domain/commands.ts';
import type { GatewayAnswer, PaymentGateway } from '../../core/ports/payment-gateway.ts';
import type { Change, GatewayStore, Operation } from './store.ts';

export interface Conditions {
  /** Duration of each call, milliseconds. */
  readonly latencyMs: number;
  /** Share of calls whose response is lost, 0 to 1. */
  readonly failureRate: number;
  /** Next number of a seeded sequence, 0 ≤ n < 1. */
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

const TOKEN_BYTES = 24;

/** Calls per key whose response is lost, for the card that loses them. */
const LOST_ANSWERS = 2;

/** Simulates a payment gateway as its callers see it; its state survives restarts. */
export const makeMockGateway = (
  store: GatewayStore,
  ids: Ids,
  clock: Clock,
  { latencyMs, failureRate, random, pause }: Conditions,
): PaymentGateway => {
  const authorize = inBatches(
    (asked: Parameters<GatewayStore['authorize']>[0]) => store.authorize(asked, clock.now()),
    ({ key }) => key,
  );
  const makeChange = (kind: Change) =>
    inBatches(
      (asked: Parameters<GatewayStore['change']>[1]) => store.change(kind, asked, clock.now()),
      ({ hold }) => hold,
    );
  const change = { capture: makeChange('capture'), void: makeChange('void'), refund: makeChange('refund') };

  /** Adds latency; the call may be lost before it takes effect, or its response afterwards. */
  const answered = async (operation: () => Promise<Operation>): Promise<Operation> => {
    if (latencyMs > 0) await pause(latencyMs);
    const isLost = failureRate > 0 && random() < failureRate;
    if (isLost && random() < 0.5) throw new Outage('the call did not reach the gateway');
    const done = await operation();
    if (isLost || (done.losesAnswers && done.calls <= LOST_ANSWERS))
      throw new Outage('the answer of the gateway was lost');
    return done;
  };

  const asAnswer = ({ reason, hold, card, readyAt }: Operation): GatewayAnswer => {
    if (readyAt > clock.now()) return { status: 'pending' };
    if (reason !== undefined || !card) return { status: 'declined', reason: reason ?? 'unknown_card' };
    return { status: 'approved', authorization: hold, card };
  };
  const asVerdict = ({ reason }: Operation): Verdict =>
    reason === undefined ? { status: 'approved' } : { status: 'declined', reason };

  return {
    exchange: async (reusable) => {
      if (latencyMs > 0) await pause(latencyMs);
      const token = `tok_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
      return (await store.exchange(reusable, token, clock.now())) ? token : undefined;
    },
    authorize: async ({ key, token, amount: { minor, currency } }) =>
      asAnswer(await answered(() => authorize({ key, hold: `hold_${ids.next()}`, token, minor, currency }))),
    capture: async ({ key, authorization: hold, amount: { minor } }) =>
      asVerdict(await answered(() => change.capture({ key, hold, minor }))),
    void: async ({ key, authorization: hold }) =>
      asVerdict(await answered(() => change.void({ key, hold, minor: 0 }))),
    refund: async ({ key, authorization: hold, amount: { minor } }) =>
      asVerdict(await answered(() => change.refund({ key, hold, minor }))),
    find: async (key) => {
      if (latencyMs > 0) await pause(latencyMs);
      const found = await store.find(key);
      return found && asAnswer(found);
    },
  };
};
