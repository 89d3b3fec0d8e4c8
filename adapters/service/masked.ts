/** In place of a text that may be about a person, or let a stranger in. */
export const MASK = '•••';

/** Names of texts that say nothing about a person, wherever they are in a payload. */
const HARMLESS = new Set([
  ...['amount', 'carrier', 'case_id', 'category', 'change', 'country', 'currency', 'event_type', 'kind'],
  ...['language', 'operation', 'option_id', 'order_number', 'refund_id', 'resolution', 'role', 'service'],
  ...['sku', 'stage', 'status', 'subcategory'],
]);

/** IDs, times and codes such as `card_declined`. */
const SHAPES = [
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/,
  /^[a-z]{1,30}(?:_[a-z]{1,30}){1,5}$/,
];

const maskedText = (text: string, name: string | undefined): string =>
  (name !== undefined && HARMLESS.has(name)) || SHAPES.some((shape) => shape.test(text)) ? text : MASK;

/**
 * The payload of an event for operators, who may see what is wrong, but no personal data. Every text is masked unless it is known
 * to be harmless, because the payload of a dead letter may follow no schema.
 * @param name under which the value is found
 */
export const masked = (value: unknown, name?: string): unknown => {
  if (typeof value === 'string') return maskedText(value, name);
  if (Array.isArray(value)) return value.map((one) => masked(one, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, key)]));
};

const E_MAIL = /[^\s"'<>()=,;:]{1,64}@[^\s"'<>()=,;:]{1,190}/g;
const LONGEST_ERROR = 1_000;

/** The message of an error, without e-mail addresses and not too long. */
export const maskedError = (error: string): string => error.slice(0, LONGEST_ERROR).replace(E_MAIL, MASK);
