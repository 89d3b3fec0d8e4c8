/**
 * What of an event may enter the lake, by hand: nothing that is not named here. Dots lead into objects, and into the objects of lists.
 * Names, addresses, e-mail addresses, tokens, free texts of people and IDs of users are not named. A cart of a user has the user's
 * ID, so carts are not named either.
 */
export interface LakeFields {
  readonly fields: readonly string[];
  /** Whose pseudonym becomes the column `shopper`: the first of these that is there, and that is not the order of a guest. */
  readonly shopper?: readonly string[];
}

const within = (parent: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => `${parent}.${name}`);

const BUYER = ['customer.user_id', 'cart_id'];
const VISITOR = ['user_id'];

const PRODUCT: LakeFields = {
  fields: [
    'product_id', 'version', 'visible', 'name', 'description', 'category', 'subcategory', 'category_ids', 'category_path', 'tags', 'brand',
    ...within('variants', 'variant_id', 'sku', 'price', 'regular_price', 'currency', 'initial_stock'),
    'created_at', 'updated_at',
  ],
}; // prettier-ignore

export const LAKE: Readonly<Record<string, LakeFields>> = {
  'cart.item_added': {
    fields: ['product_id', 'variant_id', 'quantity', 'price', 'currency'],
    shopper: ['user_id', 'cart_id'],
  },
  'inventory.availability_changed': { fields: ['sku', 'version', 'is_available'] },
  'inventory.stock_changed': {
    fields: ['sku', 'product_id', 'variant_id', 'version', 'on_hand', 'changed_at'],
  },
  'order.cancelled': { fields: ['order_id', 'total_amount', 'currency', 'cancelled_at'], shopper: BUYER },
  'order.confirmed': { fields: ['order_id', 'total_amount', 'currency', 'confirmed_at'], shopper: BUYER },
  'order.delivered': { fields: ['order_id', 'delivered_at'], shopper: BUYER },
  'order.placed': {
    fields: [
      'order_id',
      'currency',
      ...within('items', 'product_id', 'variant_id', 'sku', 'quantity', 'price', 'tax', 'total'),
      ...within('shipping', 'price', 'tax'),
      'subtotal',
      'tax_total',
      'total_amount',
      'prices_include_tax',
      'placed_at',
    ],
    shopper: BUYER,
  },
  'order.refunded': {
    fields: [
      'order_id',
      'amount',
      'currency',
      'refunded_total',
      ...within('lines', 'product_id', 'variant_id', 'quantity', 'amount'),
      'shipping_amount',
      'refunded_at',
    ],
    shopper: BUYER,
  },
  'product.created': PRODUCT,
  'product.deleted': { fields: ['product_id', 'version', 'deleted_at'] },
  'product.rated': { fields: ['product_id', 'version', 'average', 'count'] },
  'product.updated': PRODUCT,
  'product.viewed': {
    fields: [
      'product_id',
      'sku',
      'views',
      'session_id',
      ...within('source', 'kind', 'query', 'list_id', 'position'),
      'viewed_at',
    ],
    shopper: VISITOR,
  },
  'recommendation.clicked': {
    fields: ['session_id', 'list_id', 'kind', 'product_id', 'position', 'clicked_at'],
    shopper: VISITOR,
  },
  'recommendation.shown': {
    fields: [
      'session_id',
      'list_id',
      'placement',
      'strategy',
      'model_version',
      'bucket',
      ...within('items', 'product_id', 'position', 'propensity'),
      'shown_at',
    ],
    shopper: VISITOR,
  },
  'return.received': {
    fields: [
      'return_id',
      'order_id',
      ...within('lines', 'product_id', 'variant_id', 'quantity', 'condition'),
      'received_at',
    ],
    shopper: BUYER,
  },
  'review.approved': {
    fields: ['review_id', 'product_id', 'order_id', 'rating', 'created_at'],
    shopper: VISITOR,
  },
  'search.performed': { fields: ['session_id', 'query', 'hits', 'searched_at'], shopper: VISITOR },
  'visit.advanced': {
    fields: ['session_id', 'step', 'product_id', 'order_id', 'advanced_at'],
    shopper: VISITOR,
  },
};
