import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { canUnzip, unzipped } from '#test/kit/unzip.ts';
import { zip, type ZipEntry } from './zip.ts';

const AT = new Date('2026-03-01T12:00:02Z');

async function* entriesOf(...entries: readonly (readonly [name: string, content: AsyncIterable<string>])[]) {
  for (const [name, content] of entries) yield { name, content } satisfies ZipEntry;
}
async function* textOf(...parts: readonly string[]): AsyncIterable<string> {
  yield* parts;
}
const read = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};

const textsIn = (archive: Buffer): object =>
  Object.fromEntries(Object.entries(unzipped(archive)).map(([name, bytes]) => [name, bytes.toString()]));

describe('a zip file', () => {
  it.skipIf(!canUnzip)('is opened by another program (skipped without Python)', async () => {
    const entries = entriesOf(
      ['README.txt', textOf('who', 'se?\n')],
      ['empty.json', textOf()],
      ['pictures/Ä picture.svg', textOf('<svg/>', 'ü'.repeat(1_000_000))],
    );
    expect(textsIn(await read(zip(entries, AT)))).toEqual({
      'README.txt': 'whose?\n',
      'empty.json': '',
      'pictures/Ä picture.svg': `<svg/>${'ü'.repeat(1_000_000)}`,
    });
  });

  it.skipIf(!canUnzip)('is opened if it has no entry (skipped without Python)', async () => {
    expect(unzipped(await read(zip(entriesOf(), AT)))).toEqual({});
  });

  it('is written while its entries are read', async () => {
    let made = 0;
    async function* endless(): AsyncIterable<string> {
      for (;;) {
        made += 1;
        yield `${made} ${'x'.repeat(10_000)} ${Math.sqrt(made)}`;
        await setImmediate();
      }
    }
    let bytes = 0;
    for await (const chunk of zip(entriesOf(['endless.txt', endless()]), AT)) {
      bytes += chunk.length;
      if (bytes > 50_000) break;
    }
    const soon = made;
    await setImmediate();
    await setImmediate();
    expect(made - soon).toBeLessThan(5); // nobody reads on
  });

  it('breaks off if an entry does', async () => {
    async function* broken(): AsyncIterable<string> {
      yield 'half';
      throw new Error('the disk is gone');
    }
    await expect(read(zip(entriesOf(['a.txt', broken()]), AT))).rejects.toThrow('the disk is gone');
  });
});
