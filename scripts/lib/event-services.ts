import { existsSync, readdirSync, readFileSync } from 'node:fs';

const SERVICES = new URL('../../services/', import.meta.url);

/** Services that are not called as what their events are about: by the first word of their types, or by the type. */
const OWNERS: Readonly<Record<string, string>> = {
  page: 'catalog',
  product: 'catalog',
  'product.viewed': 'analytics',
  recommendation: 'analytics',
  return: 'order',
  'search.performed': 'analytics',
  shipment: 'shipping',
  visit: 'analytics',
  webhook: 'notification',
};

/** Events that a shared adapter sends for each service that has a file. */
const SHARED: Readonly<Record<string, string>> = { staff: 'adapters/audited.ts' };

/** Services that are planned: other services already receive their events, but nothing sends them yet. */
export const PLANNED: readonly string[] = [];

/** Planned services that exist after all. */
export const builtByNow = (planned = PLANNED): readonly string[] =>
  planned.filter((service) => existsSync(new URL(`${service}/`, SERVICES)));

/** Who sends an event, and who receives it from another service. */
export interface EventServices {
  /** One, or all that send it by a shared adapter; none if the service is planned. */
  readonly senders: readonly string[];
  readonly receivers: readonly string[];
}

const sourceOf = (folder: URL): string => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(spec|contract)\.ts$/.test(file),
  );
  return files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
};

const namesIn = (folder: URL): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const sendersOf = (type: string): readonly string[] => {
  const [subject = ''] = type.split('.');
  const shared = SHARED[subject];
  if (shared !== undefined)
    return namesIn(SERVICES).filter((service) => existsSync(new URL(`${service}/${shared}`, SERVICES)));
  const sender = OWNERS[type] ?? OWNERS[subject] ?? subject;
  if (PLANNED.includes(sender)) return [];
  if (!sourceOf(new URL(`${sender}/core/`, SERVICES)).includes(`'${type}'`))
    throw new Error(`${sender} should send ${type}, but its core does not name it`);
  return [sender];
};

/**
 * Reads it from the services' source: the first word of an event names its owner, unless `OWNERS` does, whose core must name the event; a
 * receiver is another service with a handler of that name in `adapters/messaging/`.
 */
export const readEventServices = (types: readonly string[]): ReadonlyMap<string, EventServices> => {
  const handlers = namesIn(SERVICES)
    .filter((service) => namesIn(new URL(`${service}/`, SERVICES)).includes('adapters'))
    .filter((service) => namesIn(new URL(`${service}/adapters/`, SERVICES)).includes('messaging'))
    .map((service) => ({ service, source: sourceOf(new URL(`${service}/adapters/messaging/`, SERVICES)) }));
  return new Map(
    types.map((type) => {
      const senders = sendersOf(type);
      const handler = new RegExp(`^ *'${type}':`, 'm');
      const receivers = handlers.filter(
        ({ service, source }) => isToldOf({ senders }, service) && handler.test(source),
      );
      return [type, { senders, receivers: receivers.map(({ service }) => service) }];
    }),
  );
};

/** Whether another service than this one may send the event. */
export const isToldOf = ({ senders }: Pick<EventServices, 'senders'>, service: string): boolean =>
  senders.length === 0 || senders.some((sender) => sender !== service);
