import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The running shop cannot be reached; the message gives the reason in one line. */
export class NoShop extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NoShop';
  }
}

export interface AdminAnswer {
  readonly status: number;
  /** Parsed JSON, or the text if it is not JSON. */
  readonly body: unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface Content {
  readonly type: string;
  readonly body: Uint8Array;
}

/** Calls the admin server of a running shop. Throws `NoShop`. */
export type AdminClient = (method: Method, path: string, content?: Content) => Promise<AdminAnswer>;

/** The same, for responses that are read in pieces. */
export type AdminFetch = (method: Method, path: string, content?: Content) => Promise<Response>;

const Note = z.object({ url: z.url(), key: z.string().min(1) });

const readNote = (file: string): z.infer<typeof Note> => {
  try {
    return Note.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new NoShop(
      `No shop runs here: ${file} is not there or says nothing. Start it with \`npm start\`.`,
      {
        cause,
      },
    );
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const adminFetch =
  (url: string, key: string, source: string): AdminFetch =>
  async (method, path, content) => {
    const headers = { 'x-admin-key': key, ...(content && { 'content-type': content.type }) };
    const response = await fetch(url + path, { method, headers, body: content?.body ?? null }).catch(
      (cause: unknown) => {
        throw new NoShop(`No shop answers at ${url}. Start it with \`npm start\`.`, { cause });
      },
    );
    if (response.status === 401)
      throw new NoShop(`The server at ${url} is not the shop that wrote ${source}.`);
    return response;
  };

/**
 * A client of an admin server.
 * @param source where `key` comes from, for error messages
 */
export const adminClient = (url: string, key: string, source: string): AdminClient => {
  const fetched = adminFetch(url, key, source);
  return async (...request) => {
    const response = await fetched(...request);
    return { status: response.status, body: parsed(await response.text()) };
  };
};

/** A client of the shop whose state is in `dataDir`. Throws `NoShop` if there is no address in it. */
export const makeAdminClient = (dataDir: string): AdminClient => adminClient(...shopIn(dataDir));

/** The same, for responses that are read in pieces. */
export const makeAdminFetch = (dataDir: string): AdminFetch => adminFetch(...shopIn(dataDir));

const shopIn = (dataDir: string): [url: string, key: string, source: string] => {
  const file = join(dataDir, 'admin.json');
  const { url, key } = readNote(file);
  return [url, key, file];
};
