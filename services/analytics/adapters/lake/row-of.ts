import type { EventEnvelope } from '#kernel/events.ts';
import type { LakeRow } from '../../core/domain/lake-row.ts';
import { columnsOf, type LakeType } from './columns.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The named parts of a value. */
const pick = (value: unknown, type: LakeType): unknown => {
  if (typeof type === 'string') return value;
  if (Array.isArray(type)) {
    const [of = ''] = type as readonly LakeType[];
    return Array.isArray(value) ? value.map((item) => pick(item, of)) : undefined;
  }
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(type).flatMap(([name, of]) => {
      const picked = pick(value[name], of);
      return picked === undefined ? [] : [[name, picked]];
    }),
  );
};

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((part, name) => (isObject(part) ? part[name] : undefined), value);

const versionOf = ({ event_version }: EventEnvelope): number => Number(event_version.split('.')[0]);

/** The ID behind the pseudonym of an event's shopper: of a user, or of a guest's cart. */
export const subjectOf = (event: EventEnvelope): string | undefined => {
  const { shopper = [] } = columnsOf(event.event_type, versionOf(event)) ?? {};
  const order = at(event.payload, 'order_id'); // the order of a guest names itself as its user
  const ids = shopper.map((path) => at(event.payload, path));
  return ids.find((id): id is string => typeof id === 'string' && id !== order);
};

/**
 * What of an event enters the lake; undefined if nothing may.
 * @param pseudonyms of subjects
 */
export const rowOf = (event: EventEnvelope, pseudonyms: ReadonlyMap<string, string>): LakeRow | undefined => {
  const eventVersion = versionOf(event);
  const found = columnsOf(event.event_type, eventVersion);
  return (
    found && {
      eventId: event.event_id,
      eventType: event.event_type,
      eventVersion,
      recordedAt: new Date(event.timestamp).toISOString(),
      shopper: pseudonyms.get(subjectOf(event) ?? ''),
      fields: pick(event.payload, found.columns) as LakeRow['fields'],
    }
  );
};
