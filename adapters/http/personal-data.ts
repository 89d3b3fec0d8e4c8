import type { Erasure, PersonalData, PersonalPage, PersonalRecord, Person } from '#kernel/personal-data.ts';

interface PersonInput {
  readonly user_id: string;
  readonly email?: string;
}

const personOf = ({ user_id, email }: PersonInput): Person => ({ userId: user_id, email });

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const withSnakeCase = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withSnakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => [snakeCase(name), withSnakeCase(one)]),
  );
};

/** The record on the wire: names in `snake_case`, times in ISO 8601. */
export const fromPersonalRecord = ({ kind, data }: PersonalRecord) => ({
  kind,
  data: withSnakeCase(data) as Record<string, unknown>,
});

const fromPage = ({ items, next }: PersonalPage) => ({
  items: items.map(fromPersonalRecord),
  ...(next === undefined ? {} : { next_cursor: next }),
});

const fromErasure = ({ isDone, erased, kept }: Erasure) => ({
  done: isDone,
  erased: erased.map((records) => ({ ...records })),
  kept: kept.map((records) => ({ ...records })),
});

/** The operations by which the user service exports and erases what this service knows about a person. */
export const personalDataHandlers = (personalData: PersonalData) => ({
  exportPersonalData: async ({ body }: { readonly body: PersonInput & { readonly cursor?: string } }) => ({
    status: 200 as const,
    body: fromPage(await personalData.read(personOf(body), body.cursor)),
  }),
  erasePersonalData: async ({ body }: { readonly body: PersonInput }) => ({
    status: 200 as const,
    body: fromErasure(await personalData.erase(personOf(body))),
  }),
});
