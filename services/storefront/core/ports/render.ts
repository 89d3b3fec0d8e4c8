import type { OwnReviewView, PageFrame, ShelfView, Visitor } from '#contracts/pages/storefront.ts';
import type { Language } from './shop.ts';

/** Makes HTML of pages. Throws an `Outage` while the pages are not built. */
export interface Render {
  page(frame: PageFrame): Promise<string>;
  visitor(visitor: Visitor, language: Language): Promise<string>;
  ownReview(review: OwnReviewView, language: Language): Promise<string>;
  shelf(shelf: ShelfView, language: Language): Promise<string>;
  manifest(language: Language): Promise<string>;
  /** A file that pages refer to; undefined if no file has that name. */
  asset(name: string): Promise<Asset | undefined>;
}

export interface Asset {
  readonly type: 'text/javascript' | 'text/css' | 'image/svg+xml';
  readonly body: string;
}
