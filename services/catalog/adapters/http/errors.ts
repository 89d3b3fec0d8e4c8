import type { ErrorCatalogue } from '#adapters/http/problem.ts';

/** A test compares it with `openapi/catalog.yaml` in both directions. */
export const errors = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
  PRODUCT_NOT_FOUND: { status: 404, title: 'No such product' },
  BULK_EDIT_NOT_FOUND: { status: 404, title: 'No such bulk edit' },
  PRICE_LIST_NOT_FOUND: { status: 404, title: 'No such price list' },
  CATEGORY_NOT_FOUND: { status: 404, title: 'No such category' },
  COLLECTION_NOT_FOUND: { status: 404, title: 'No such collection' },
  PICTURE_NOT_FOUND: { status: 404, title: 'No such picture' },
  BULK_EDITS_BUSY: { status: 409, title: 'Too many bulk edits' },
  BULK_EDIT_STATE: { status: 409, title: 'Bulk edit is over' },
  CODE_TAKEN: { status: 409, title: 'Code already in use' },
  TOO_MANY_PRICE_LISTS: { status: 409, title: 'Too many price lists' },
  PRODUCT_IN_TRASH: { status: 409, title: 'Product is in the trash' },
  PRODUCT_NOT_IN_TRASH: { status: 409, title: 'Product is not in the trash' },
  IMPORT_NOT_FOUND: { status: 404, title: 'No such import' },
  STOCK_FORBIDDEN: { status: 403, title: 'Stock may not be adjusted' },
  IMPORT_STATE: { status: 409, title: 'The state of the import does not allow it' },
  IMPORTS_BUSY: { status: 409, title: 'Too many imports are under way' },
  IMPORT_INCOMPLETE: { status: 422, title: 'A part of the file is missing' },
  UNKNOWN_COLUMNS: { status: 422, title: 'A column is not mapped' },
  SKU_TAKEN: { status: 409, title: 'SKU already in use' },
  NAME_TAKEN: { status: 409, title: 'Name already in use' },
  SLUG_TAKEN: { status: 409, title: 'Slug already in use' },
  CATEGORY_NOT_EMPTY: { status: 409, title: 'Category not empty' },
  INVALID_COLLECTION: { status: 422, title: 'Invalid collection' },
  INVALID_CATEGORY: { status: 422, title: 'Invalid category' },
  INVALID_FILE: { status: 422, title: 'Invalid import file' },
  INVALID_BULK_EDIT: { status: 422, title: 'Invalid bulk edit' },
  INVALID_PRICE_LIST: { status: 422, title: 'Invalid price list' },
  INVALID_PRODUCT: { status: 422, title: 'Invalid product' },
} as const satisfies ErrorCatalogue;

export type CatalogCode = keyof typeof errors;
