import type { DocumentQueries, StoredDocument } from '#kernel/documents.ts';
import { isUuid } from '#kernel/ids.ts';
import { bySlug } from '../domain/slug.ts';

/** @param key an ID or a slug */
export const findByKey = async <T extends StoredDocument>(
  documents: Pick<DocumentQueries<T>, 'find' | 'byName'>,
  key: string,
): Promise<T | undefined> =>
  (isUuid(key) ? await documents.find(key) : undefined) ?? (await documents.byName(bySlug(key)));
