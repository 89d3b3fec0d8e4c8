import { describe, expect, it } from 'vitest';
import { openTestService } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { postgresDocumentQueries } from '#adapters/postgres/documents.ts';
import { memoryDocumentQueries } from '#adapters/memory/documents.ts';
import { queriesIn } from '../adapters/documents.ts';
import { media as module } from '../main/module.ts';
import { picture } from './media.mother.ts';
import { MEDIA, newFolder, OWNER, sha256Of } from './media.rig.ts';

const AT_ONCE = 6;

describe.each(STORES)('contents in %s', (name) => {
  it.each([
    ['review', 0],
    ['product', AT_ONCE],
  ])(
    'count the media of a %s that has them, and what is public, also of uploads and deletions at once',
    async (purpose, shown) => {
      const { toolbox, send } = await openTestService(name, module, {
        env: { MEDIA_DIRECTORY: await newFolder(), MEDIA_ENCODERS: '2' },
      });
      const { store } = toolbox;
      const { contents } = queriesIn((kind) =>
        store.kind === 'memory'
          ? memoryDocumentQueries(store.database, kind)
          : postgresDocumentQueries(store.database, store.schema, kind),
      );
      const [token, body] = [await toolbox.tokenOf(OWNER, 'catalog_manager'), await picture()];
      const upload = () => send('POST', `${MEDIA}?purpose=${purpose}`, { token, body });
      const uploaded = await Promise.all(Array.from({ length: AT_ONCE }, upload));
      expect(uploaded.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(201));
      expect(await contents.byName(sha256Of(body))).toMatchObject({
        holders: AT_ONCE,
        shown,
        isStored: true,
      });
      const gone = uploaded.map((one) => send('DELETE', `${MEDIA}/${String(one.body.media_id)}`, { token }));
      expect((await Promise.all(gone)).map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(204));
      expect(await contents.byName(sha256Of(body))).toMatchObject({ holders: 0, shown: 0 });
    },
  );
});
