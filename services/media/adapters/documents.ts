import type { DocumentQueries, Documents, StoredDocument } from '#kernel/documents.ts';
import type { Asset } from '../core/domain/asset.ts';
import type { Content } from '../core/domain/content.ts';
import type { Encoding } from '../core/domain/encoding.ts';
import type { Holder } from '../core/domain/holder.ts';
import type { Library } from '../core/domain/library.ts';
import type { ProductFiles, Usage } from '../core/domain/usage.ts';
import type { MediaDocuments, MediaQueries } from '../core/ports/media-tx.ts';

const ASSETS = 'assets';
const CONTENTS = 'contents';
const ENCODINGS = 'encodings';
const HOLDERS = 'holders';
const LIBRARIES = 'libraries';
const PRODUCTS = 'products';
const USAGES = 'usages';

/** @param of the documents of a kind in a unit of work */
export const documentsIn = (
  of: <T extends StoredDocument>(kind: string) => Documents<T>,
): MediaDocuments => ({
  assets: of<Asset>(ASSETS),
  contents: of<Content>(CONTENTS),
  encodings: of<Encoding>(ENCODINGS),
  holders: of<Holder>(HOLDERS),
  libraries: of<Library>(LIBRARIES),
  products: of<ProductFiles>(PRODUCTS),
  usages: of<Usage>(USAGES),
});

/** @param of the committed documents of a kind */
export const queriesIn = (
  of: <T extends StoredDocument>(kind: string) => DocumentQueries<T>,
): MediaQueries => ({
  assets: of<Asset>(ASSETS),
  contents: of<Content>(CONTENTS),
  libraries: of<Library>(LIBRARIES),
});
