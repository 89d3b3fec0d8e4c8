import { schemaCheck } from '#adapters/http/schema-check.ts';
import { unstorable } from '#adapters/http/storable.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { components } from '#openapi/generated/catalog.ts';
import type { ProductPatch, PublishingPatch, VariantPatch } from '../../core/domain/product-patch.ts';
import type { Seo } from '../../core/domain/presentation.ts';
import { LONGEST_REASON } from './limits.ts';

type Line = components['schemas']['ImportLine'];
type Variant = components['schemas']['ImportVariant'];

type Checked<T> = Result<T, readonly string[]>;

const LOST = '\uFFFD';

/** A JSON pointer to the first text in which a character was lost. */
const lostIn = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.includes(LOST) ? '' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (key.includes(LOST)) return '';
    const found = lostIn(part);
    if (found !== undefined) return `/${key}${found}`;
  }
  return undefined;
};

/** Validates data of a file, and that no character in it was lost. Reasons begin with a JSON pointer. */
const checkFor = <T>(schema: string) => {
  const check = schemaCheck<T>('catalog.yaml', schema);
  return (value: unknown): Checked<T> => {
    const checked = check(value);
    const lost = lostIn(value);
    if (lost !== undefined)
      return err([`${lost || '/'} contains U+FFFD, which marks a character lost to a wrong encoding`]);
    if (!checked.ok) return err(checked.error.map((reason) => reason.slice(0, LONGEST_REASON)));
    const pointer = unstorable(value);
    return pointer === undefined ? checked : err([`${pointer} contains a character that cannot be stored`]);
  };
};

export const checkVariant = checkFor<Variant>('ImportVariant');
const checkLine = checkFor<Line>('ImportLine');

const toVariant = ({
  initial_stock,
  image_texts,
  stock_adjustment: delta = 0,
  stock_adjustment_reason: reason = '',
  ...rest
}: Variant): VariantPatch => ({
  ...rest,
  ...(delta !== 0 && { stockChange: { delta, ...(reason !== '' && { reason }) } }),
  ...(image_texts !== undefined && { imageTexts: image_texts }),
  ...(initial_stock === undefined ? {} : { initialStock: initial_stock }),
});

const dateOf = (time: string | null): Date | null => (time === null ? null : new Date(time));

/** What a line says about a product. */
export const patchOf = (value: unknown): Checked<ProductPatch> => {
  const checked = checkLine(value);
  if (!checked.ok) return checked;
  const { status, publish_at: from, unpublish_at: until, variants, ...rest } = checked.value;
  const { seo_title: title, seo_description: description, seo_slug: slug, ...others } = rest;
  const { category_id: categoryId, related, ...text } = others;
  const seo: Seo = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(slug !== undefined && { slug }),
  };
  const publishing: PublishingPatch = {
    ...(status !== undefined && { status }),
    ...(from !== undefined && { publishAt: dateOf(from) }),
    ...(until !== undefined && { unpublishAt: dateOf(until) }),
  };
  return ok({
    ...text,
    ...(categoryId !== undefined && { categoryId: categoryId.toLowerCase() }),
    ...(Object.keys(seo).length > 0 && { seo }),
    ...(related && { related: related.map((id) => id.toLowerCase()) }),
    ...(Object.keys(publishing).length > 0 && { publishing }),
    variants: variants.map(toVariant),
  });
};
