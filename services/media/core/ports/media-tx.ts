import type { DocumentQueries, Documents } from '#kernel/documents.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Asset } from '../domain/asset.ts';
import type { Content } from '../domain/content.ts';
import type { Encoding } from '../domain/encoding.ts';
import type { Holder } from '../domain/holder.ts';

/** What the service stores about media. */
export interface MediaDocuments {
  readonly assets: Documents<Asset>;
  /** By name: their checksum. */
  readonly contents: Documents<Content>;
  /** By name: that of the file. */
  readonly encodings: Documents<Encoding>;
  readonly holders: Documents<Holder>;
}

export interface MediaTx extends BaseTx, MediaDocuments {}

export interface MediaQueries {
  readonly assets: DocumentQueries<Asset>;
  readonly contents: DocumentQueries<Content>;
}
