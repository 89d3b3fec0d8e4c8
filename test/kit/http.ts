import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeHttpApp } from '#adapters/http/app.ts';
import type { Attachment, CommonStore, ServiceModule, Store } from '#adapters/service/module.ts';
import type { Sweep } from '#adapters/service/sweeps.ts';
import { makeServiceApplication } from '#adapters/service/service-application.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import { atEnd } from './cleanup.ts';
import {
  openToolbox,
  type AnyStoreName,
  type StoreOf,
  type TestOptions,
  type TestToolbox,
} from './toolbox.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed if it is JSON, else the text. */
  // A test looks into whatever came; a wrong guess fails it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** All that a repetition must answer alike, letter by letter. */
export const lettersOf = ({ status, headers, body }: Answered): object => ({
  status,
  etag: headers.get('etag'),
  location: headers.get('location'),
  body: JSON.stringify(body),
});

export interface SendOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
}

export type Send = (method: string, path: string, options?: SendOptions) => Promise<Answered>;

/** Sends requests to `base` as a client would. */
export const makeSend =
  (base: string): Send =>
  async (method, path, { token, headers = {}, body } = {}) => {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text,
    };
  };

export interface TestService<S extends Store = CommonStore> {
  readonly url: string;
  readonly toolbox: TestToolbox<S>;
  readonly send: Send;
  readonly consumers: readonly Subscription[];
  /** Not started. */
  readonly attachments: readonly Attachment[];
  /** Not started. */
  readonly sweeps: readonly Sweep[];
}

export interface Served {
  readonly url: string;
  /** Also done at the end of the test or file. */
  readonly close: () => Promise<void>;
}

/** Serves HTTP on a free port. */
export const serve = async (listener: RequestListener): Promise<Served> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  atEnd(close);
  return { url: `http://127.0.0.1:${port}`, close };
};

/** A service behind its real HTTP edge, answers checked against its OpenAPI file; relay and workers stand still. */
export const openTestService = async <Name extends AnyStoreName>(
  store: Name,
  module: ServiceModule,
  options: TestOptions = {},
): Promise<TestService<StoreOf<Name>>> => {
  const toolbox = await openToolbox(store, module, options);
  const composition = await module.compose(toolbox);
  const { consumers = [], attachments = [], sweeps = [] } = composition;
  const { logger, verify, metrics, ids } = toolbox;
  const expect = (): void => undefined;
  const served = { module, toolbox, composition, expect, validateResponses: true };
  const { application } = makeServiceApplication(served);
  const ready = () => Promise.resolve(true);
  const app = makeHttpApp({ name: module.name, application, verify, ready, metrics, logger, ids });
  const { url } = await serve(app);
  return { url, toolbox, consumers, attachments, sweeps, send: makeSend(url) };
};
