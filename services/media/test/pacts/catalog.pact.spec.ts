import { expect, it } from 'vitest';
import { memoryDocumentQueries } from '#adapters/memory/documents.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { describeContract } from '#test/kit/pact/contract.ts';
import { eachLike, integer, string, uuid } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import type { ProductFiles } from '../../core/domain/usage.ts';
import { media } from '../../main/module.ts';

const PRODUCT = '0190a000-0000-7000-8000-000000000001';
const SHA = '0'.repeat(64);

const product = (version: number) => ({
  product_id: uuid(PRODUCT),
  version: integer(version),
  variants: eachLike({ images: eachLike(string(`/api/v1/media/files/${SHA}-large.webp`)) }),
});

const shownAfter = async (event: EventEnvelope): Promise<readonly string[] | undefined> => {
  const { hear, database } = await openSubscriber(media);
  await hear(event);
  return (await memoryDocumentQueries<ProductFiles>(database, 'products').find(PRODUCT))?.contents;
};

describeContract('media', 'catalog', (contract) => {
  it('which pictures a new product shows, to keep them', () =>
    contract.hears('product.created', product(1), async (event) => {
      expect(await shownAfter(event)).toEqual([SHA]);
    }));

  it('which pictures a changed product shows, to keep them', () =>
    contract.hears('product.updated', product(2), async (event) => {
      expect(await shownAfter(event)).toEqual([SHA]);
    }));

  it('which picture a category or a collection shows, to keep it', () =>
    contract.hears(
      'page.picture_changed',
      {
        page_id: uuid(PRODUCT),
        version: integer(2),
        picture_url: string(`/api/v1/media/files/${SHA}-large.webp`),
      },
      async (event) => {
        expect(await shownAfter(event)).toEqual([SHA]);
      },
    ));

  it('that a product is deleted, so that its pictures may go', () =>
    contract.hears('product.deleted', { product_id: uuid(PRODUCT), version: integer(2) }, async (event) => {
      expect(await shownAfter(event)).toEqual([]);
    }));
});
