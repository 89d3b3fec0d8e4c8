import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The running shop could not be asked; the message says why in one line. */
export class NoShop extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NoShop';
  }
}

export interface AdminAnswer {
  readonly status: number;
  /** Parsed if it is JSON, else the text. */
  readonly body: unknown;
}

/** Asks a running shop at its operators' address. Throws `NoShop`. */
export type AdminClient = (
  method: 'GET' | 'POST',
  path: string,
  content?: { readonly type: string; readonly body: Uint8Array },
) => Promise<AdminAnswer>;

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

/**
 * A client for an operators' address.
 * @param source who says that `key` opens it
 */
export const adminClient =
  (url: string, key: string, source: string): AdminClient =>
  async (method, path, content) => {
    const headers = { 'x-admin-key': key, ...(content && { 'content-type': content.type }) };
    const response = await fetch(url + path, { method, headers, body: content?.body ?? null }).catch(
      (cause: unknown) => {
        throw new NoShop(`No shop answers at ${url}. Start it with \`npm start\`.`, { cause });
      },
    );
    if (response.status === 401)
      throw new NoShop(`Whoever answers at ${url} is not the shop that wrote ${source}.`);
    return { status: response.status, body: parsed(await response.text()) };
  };

/** A client for the shop that keeps its state in `dataDir`; throws `NoShop` when none has said there where it listens. */
export const makeAdminClient = (dataDir: string): AdminClient => {
  const file = join(dataDir, 'admin.json');
  const { url, key } = readNote(file);
  return adminClient(url, key, file);
};
