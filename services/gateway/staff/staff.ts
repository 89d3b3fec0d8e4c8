import type { Request, Response } from 'express';
import type { Principal } from '#adapters/auth/principal.ts';
import { addressOf, localsOf } from '../locals.ts';
import { refuse } from '../refuse.ts';
import type { Match } from '../routes.ts';
import type { ServiceState } from '../states.ts';
import type { AskServices, Caller } from './ask-services.ts';
import { lateAmong, OVERVIEW_MS, overviewOf, waitingIn } from './overview.ts';
import { foundIn, questionsFor } from './search.ts';

export interface StaffOptions {
  readonly askServices: AskServices;
  /** How long a search waits for services, milliseconds. */
  readonly searchMs: number;
  /** Which services are ready. */
  readonly states: () => Promise<readonly ServiceState[]>;
}

/** Handles an operation for staff that asks several services; refuses by itself. */
type Handle = (
  options: StaffOptions,
  request: Request,
  response: Response,
  caller: Caller,
) => Promise<object | undefined>;

const LONGEST_Q = 200;

const search: Handle = async ({ askServices, searchMs }, request, response, caller) => {
  const q = new URL(request.originalUrl, 'http://gateway').searchParams.get('q')?.trim() ?? '';
  if (q === '' || q.length > LONGEST_Q || !q.isWellFormed() || q.includes('\0')) {
    refuse(request, response, 'VALIDATION_FAILED', `q has 1 to ${LONGEST_Q} characters.`);
    return undefined;
  }
  return foundIn(await askServices(caller, questionsFor(q), searchMs));
};

const operations: Handle = async ({ askServices, states }, _request, _response, caller) => {
  const services = await states();
  const answers = await askServices(caller, waitingIn(services), OVERVIEW_MS);
  const again = await askServices(caller, waitingIn(lateAmong(services, answers)), OVERVIEW_MS);
  return overviewOf(services, new Map([...answers, ...again]));
};

const HANDLERS: Readonly<Record<string, Handle>> = { searchForStaff: search, getOperations: operations };

/** Responds to an operation of the gateway that needs the answers of several services, for a caller who may use it. */
export const answerStaff = async (
  options: StaffOptions,
  request: Request,
  response: Response,
  { route }: Match,
  principal: Principal,
): Promise<void> => {
  const handle = HANDLERS[route.operation.operationId];
  if (!handle) throw new Error(`no handler for ${route.operation.operationId}`);
  const caller = {
    principal,
    authorization: request.headers.authorization,
    address: addressOf(request, response),
    correlationId: String(response.getHeader('x-correlation-id')),
    traceparent: localsOf(response).traceparent,
  };
  const body = await handle(options, request, response, caller);
  if (body) response.status(200).json(body);
};
