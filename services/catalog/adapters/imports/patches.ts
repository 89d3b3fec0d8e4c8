import { schemaCheck } from '#adapters/http/schema-check.ts';
import { unstorable } from '#adapters/http/storable.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { components } from '#openapi/generated/catalog.ts';
import type { ProductPatch, VariantPatch } from '../../core/domain/product-patch.ts';
import { LONGEST_REASON } from './limits.ts';

type Line = components['schemas']['ImportLine'];
type Variant = components['schemas']['ImportVariant'];

type Checked<T> = Result<T, readonly string[]>;

/** Validates data of a file, and that no character in it was lost. */
const checkFor =
  <T>(schema: string) =>
  (value: unknown): Checked<T> => {
    const checked = schemaCheck<T>('catalog.yaml', schema)(value);
    if (!checked.ok) return err(checked.error.map((reason) => reason.slice(0, LONGEST_REASON)));
    const pointer = unstorable(value);
    if (pointer !== undefined) return err([`${pointer} contains a character that cannot be stored`]);
    return JSON.stringify(value).includes('\uFFFD')
      ? err(['It contains U+FFFD, which marks a character lost to a wrong encoding.'])
      : checked;
  };

export const checkVariant = checkFor<Variant>('ImportVariant');
const checkLine = checkFor<Line>('ImportLine');

const toVariant = ({ initial_stock, ...rest }: Variant): VariantPatch => ({
  ...rest,
  ...(initial_stock === undefined ? {} : { initialStock: initial_stock }),
});

/** What a line says about a product. */
export const patchOf = (value: unknown): Checked<ProductPatch> => {
  const checked = checkLine(value);
  if (!checked.ok) return checked;
  return ok({ ...checked.value, variants: checked.value.variants.map(toVariant) });
};

/** Finds SKUs that occur twice in a file. */
export class KnownSkus {
  readonly #lines = new Map<string, number>();

  /** Records the SKUs of a line; returns the reason for its rejection if an earlier line has one of them. */
  repetition(line: number, skus: readonly string[]): string | undefined {
    const twice = skus.find((sku) => this.#lines.has(sku));
    if (twice !== undefined) return `${twice} is already in line ${this.#lines.get(twice)}.`;
    for (const sku of skus) this.#lines.set(sku, line);
    return undefined;
  }
}
