import { api, dataOf, type Schemas } from '../../api.ts';
import { upload } from '../../shared/upload.ts';

type Settings = Pick<Schemas['ImportInput'], 'mode' | 'decimal'>;

export interface Sending {
  /** Of the file, from 0 to 1. */
  readonly share: number;
  /** Why it stopped. */
  readonly error?: unknown;
}

const PART_BYTES = 8 * 1024 * 1024;

let sendings: ReadonlyMap<string, Sending> = new Map();
const listeners = new Set<() => void>();

const set = (importId: string, sending: Sending | undefined): void => {
  const next = new Map(sendings);
  if (sending) next.set(importId, sending);
  else next.delete(importId);
  sendings = next;
  for (const listener of listeners) listener();
};

/** Uploads of this tab by import, which go on whatever page is open; for `useSyncExternalStore`. */
export const uploads = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): ReadonlyMap<string, Sending> => sendings,
};

/** Sends a file to an import in parts, then has it checked. A failure is kept with the upload. */
export const sendFile = async (importId: string, file: Blob): Promise<void> => {
  set(importId, { share: 0 });
  try {
    for (let at = 0, part = 0; at < file.size || part === 0; at += PART_BYTES, part += 1) {
      const body = file.slice(at, at + PART_BYTES);
      await upload({
        method: 'PUT',
        path: `/api/v1/imports/${importId}/parts/${part}`,
        body,
        contentType: 'application/octet-stream',
        onProgress: (share) => set(importId, { share: (at + share * body.size) / Math.max(1, file.size) }),
      });
    }
    await api.POST('/api/v1/imports/{import_id}/check', {
      params: { path: { import_id: importId } },
      body: {},
    });
    set(importId, undefined);
  } catch (error) {
    set(importId, { share: 0, error });
  }
};

/** Begins an import of a file, which is sent in the background; its ID. */
export const beginImport = async (file: File, settings: Settings, key: string): Promise<string> => {
  const { import_id: importId } = await dataOf(
    api.POST('/api/v1/imports', {
      params: { header: { 'Idempotency-Key': key } },
      body: { file_name: file.name, ...settings },
    }),
  );
  void sendFile(importId, file);
  return importId;
};
