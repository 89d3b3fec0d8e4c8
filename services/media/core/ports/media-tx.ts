import type { DocumentQueries, Documents } from '#kernel/documents.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Asset } from '../domain/asset.ts';
import type { Content } from '../domain/content.ts';
import type { Encoding } from '../domain/encoding.ts';
import type { Holder } from '../domain/holder.ts';
import type { Library } from '../domain/library.ts';
import type { ProductFiles, Usage } from '../domain/usage.ts';

/** What the service stores about media. */
export interface MediaDocuments {
  readonly assets: Documents<Asset>;
  /** By name: their checksum. */
  readonly contents: Documents<Content>;
  /** By name: that of the file. */
  readonly encodings: Documents<Encoding>;
  readonly holders: Documents<Holder>;
  /** By name: the ID of their owner. */
  readonly libraries: Documents<Library>;
  readonly products: Documents<ProductFiles>;
  /** By name: the checksum of the content. */
  readonly usages: Documents<Usage>;
}

export interface MediaTx extends BaseTx, MediaDocuments {}

export interface MediaQueries {
  readonly assets: DocumentQueries<Asset>;
  readonly contents: DocumentQueries<Content>;
  readonly libraries: DocumentQueries<Library>;
}
