import { START, type Chunk, type Chunks } from '#kernel/chunks.ts';
import type { ImportFiles, RejectedRow } from '../../core/ports/import-files.ts';
import { PART_BYTES } from '../../core/domain/import-job.ts';

const [PART, REJECTED] = ['part', 'rejected'];
/** Bytes of a chunk, and how many a part has at most. */
const SLICE = 512 * 1024;
const SLICES = Math.ceil(PART_BYTES / SLICE);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The files of imports, as chunks. Rejected rows are chunks of JSON, numbered from the first row of their batch. */
export const importFiles = (chunks: Chunks): ImportFiles => ({
  putPart: async (importId, part, bytes) => {
    for (let at = 0; at < SLICES; at += 1) {
      // Also without bytes, so that nothing is left of a longer part that it replaces.
      const slice = bytes.subarray(at * SLICE, (at + 1) * SLICE);
      await chunks.put(importId, PART, part * SLICES + at, slice);
    }
  },
  parts: (importId, count) => ({ [Symbol.asyncIterator]: () => slicesIn(chunks, importId, count) }),
  putRejected: async (importId, first, rows) => {
    // No batch has more slices than rows, so they do not reach the number of the next one.
    for (const [at, slice] of [...slicesOf(rows)].entries())
      await chunks.put(importId, REJECTED, first + at, encoder.encode(JSON.stringify(slice)));
  },
  rejectedFrom: async (importId, first) => {
    const rows: RejectedRow[] = [];
    for (let last = first - 1; ;) {
      const [chunk] = await chunks.after(importId, REJECTED, last, 1);
      if (!chunk) return rows;
      rows.push(...rowsIn(chunk));
      last = chunk.number;
    }
  },
  rejected: async (importId, after, limit) => {
    const [, chunkAt = '0', rowAt = '0'] = POSITION.exec(after ?? '') ?? [];
    const rows: RejectedRow[] = [];
    let number = Number(chunkAt);
    while (rows.length <= limit) {
      const [chunk] = await chunks.after(importId, REJECTED, number - 1, 1);
      if (!chunk) return { rows };
      for (const row of rowsIn(chunk).filter((one) => one.number > Number(rowAt))) {
        const last = rows.at(-1);
        if (rows.length === limit && last) return { rows, next: `${number}-${last.number}` };
        number = chunk.number;
        rows.push(row);
      }
      number = chunk.number + 1;
    }
    return { rows };
  },
  removeRejected: (importId) => chunks.remove(importId, REJECTED),
  remove: (importId) => chunks.remove(importId),
});

const rowsIn = ({ bytes }: Chunk): readonly RejectedRow[] =>
  JSON.parse(decoder.decode(bytes)) as readonly RejectedRow[]; // stored only here

async function* slicesIn(chunks: Chunks, importId: string, count: number): AsyncGenerator<Uint8Array> {
  let last = START;
  for (;;) {
    const [chunk] = await chunks.after(importId, PART, last, 1);
    if (!chunk || chunk.number >= count * SLICES) return;
    last = chunk.number;
    if (chunk.bytes.length > 0) yield chunk.bytes;
  }
}

const POSITION = /^(\d+)-(\d+)$/;

/** Rows in groups of about `SLICE` bytes. */
function* slicesOf(rows: readonly RejectedRow[]): Generator<readonly RejectedRow[]> {
  let [slice, size]: [RejectedRow[], number] = [[], 0];
  for (const row of rows) {
    const length = row.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (slice.length > 0 && size + length > SLICE) {
      yield slice;
      [slice, size] = [[], 0];
    }
    slice.push(row);
    size += length;
  }
  if (slice.length > 0) yield slice;
}
