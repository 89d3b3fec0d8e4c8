import { runBecauseOf } from '../context/cause.ts';
import type { Metrics } from '../observability/metrics.ts';
import { beginServerSpan } from '../observability/tracing.ts';
import { Outage } from '../resilience/policy.ts';
import { deniedTo } from './access.ts';
import type { Application } from './application.ts';
import { pathOf, type Answered, type Asked } from './exchange.ts';
import { HttpProblem } from './problem.ts';

/** The trace of a request. */
export interface RequestTrace {
  readonly correlationId: string;
  readonly traceparent: string | undefined;
}

/** A service in this process, called without a socket. Bodies are bytes, as in HTTP, so no object is shared. */
export interface InProcessService {
  readonly router: Application['router'];
  readonly refuse: Application['refuse'];
  readonly isReady: () => Promise<boolean>;
  /** Rejects with an `Outage` once it has stopped, otherwise never. */
  answer(asked: Asked, trace: RequestTrace): Promise<Answered>;
  /** Accepts no more requests, ends streams, and waits for current requests, at most ten seconds. */
  stop(): Promise<void>;
}

export interface InProcessOptions {
  /** Name in spans. */
  readonly name: string;
  readonly application: Application;
  readonly metrics: Metrics;
  readonly isReady: () => Promise<boolean>;
}

const GRACE_MS = 10_000;

export const makeInProcessService = (options: InProcessOptions): InProcessService => {
  const { name, application, metrics, isReady } = options;
  const stopping = new AbortController();
  const underWay = new Set<Promise<Answered>>();

  const begin = async (
    asked: Asked,
    { correlationId, traceparent: parent }: RequestTrace,
  ): Promise<Answered> => {
    const startedAt = performance.now();
    const { method, path } = asked.match.route;
    const span = beginServerSpan(name, method, parent);
    const traceparent = span?.traceparent ?? parent;
    const cause = { correlationId, causationId: correlationId };
    const answered = await runBecauseOf(traceparent === undefined ? cause : { ...cause, traceparent }, () =>
      admitted(application, asked),
    );
    metrics.observe(method, path, answered.status, (performance.now() - startedAt) / 1_000);
    span?.end(path, answered.status);
    return answered;
  };

  return {
    router: application.router,
    refuse: application.refuse,
    isReady,
    answer: (asked, trace) => {
      if (stopping.signal.aborted) return Promise.reject(new Outage(`${name} has stopped`));
      const isLong = asked.match.route.operation['x-streams'] === true;
      const signal = isLong ? AbortSignal.any([asked.signal, stopping.signal]) : asked.signal;
      const answering = begin(isLong ? { ...asked, signal } : asked, trace);
      underWay.add(answering);
      const over = (): void => void underWay.delete(answering);
      answering.then(over, over);
      return answering;
    },
    stop: async () => {
      stopping.abort();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, GRACE_MS)));
      await Promise.race([Promise.allSettled(underWay), late]);
      clearTimeout(timer);
    },
  };
};

/** Checks access again, as the HTTP transport does, although the gateway has checked it. */
const admitted = (application: Application, asked: Asked): Promise<Answered> => {
  const { match, target, principal, address } = asked;
  const denied = deniedTo(match.route, principal);
  if (!denied) return application.answer(asked);
  const act = { method: match.route.method, path: pathOf(target), match, principal, address };
  const { code, detail, headers } = denied;
  return Promise.resolve(application.refuse(new HttpProblem(code, detail, undefined, headers), act));
};
