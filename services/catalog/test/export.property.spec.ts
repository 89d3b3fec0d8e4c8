import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guarded, unguarded } from '#adapters/csv/cells.ts';
import { aProduct, aVariant } from './product.mother.ts';
import { csvHead, csvRows, PairNames } from '../adapters/exports/csv-export.ts';
import { jsonLine } from '../adapters/exports/json-export.ts';
import { joined, listed } from '../adapters/imports/cells.ts';
import { importReader } from '../adapters/imports/read-file.ts';
import { newImport, type ImportFormat, type ImportMode } from '../core/domain/import-job.ts';
import { saysTheSame, UNFILED, type Product, type ProductDraft } from '../core/domain/product.ts';
import { draftOf } from '../core/domain/product-patch.ts';

/** Shrinking a catalogue takes minutes. */
const LIMITS = { numRuns: 50, interruptAfterTimeLimit: 4_000, endOnFailure: true };

/** Whatever a store accepts. */
const text = (longest: number, shortest = 0): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: longest, minLength: shortest }),
      fc.string({
        unit: fc.constantFrom(...Array.from('=+-@\t\r\n\'"|\\,; aé€')),
        maxLength: longest,
        minLength: shortest,
      }),
    )
    .filter((value) => value.isWellFormed() && !/[\0\uFFFD]/.test(value) && value.length <= longest);
const pairs = (values: fc.Arbitrary<string>) =>
  fc
    .dictionary(text(10), values, { maxKeys: 3, noNullPrototype: true })
    .filter((map) => !Object.hasOwn(map, '__proto__'))
    // Node 24 and 26 may confuse keys that are one escaped character: JSON.parse('{"\\b":1,"\\t":1}') has "\\\\" for "\\t".
    .filter((map) => !Object.keys(map).some((key) => /^["\\\p{Cc}]$/u.test(key)));

/** On any level of the tree, or from before there was one. */
const place = fc.array(fc.record({ id: fc.uuid(), name: text(8, 1) }), { maxLength: 5 }).map((path) =>
  path.length === 0
    ? { category: 'Things', subcategory: 'Small things', ...UNFILED }
    : {
        category: path[0]?.name ?? '',
        subcategory: path[1]?.name ?? '',
        categoryIds: path.map(({ id }) => id),
        categoryPath: path.map(({ name }) => name),
      },
);

/** Filing finds a category by its ID (`core/application/filing.ts`). */
const filed = (draft: ProductDraft, { categoryIds, categoryPath }: Product): ProductDraft =>
  draft.categoryIds.at(-1) === categoryIds.at(-1) ? { ...draft, categoryIds, categoryPath } : draft;

const seo = fc.record(
  { title: text(8, 1), description: text(8, 1), slug: fc.stringMatching(/^[a-z0-9]{1,5}(-[a-z0-9]{1,5})?$/) },
  { requiredKeys: [] },
);

const product = (values: fc.Arbitrary<string>): fc.Arbitrary<Product> =>
  fc
    .record({
      name: text(20, 1),
      description: text(30),
      place,
      seo: fc.option(seo.filter((said) => Object.keys(said).length > 0)),
      related: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
      brand: text(8, 1),
      tags: fc.array(text(8, 1), { maxLength: 3 }),
      specifications: pairs(values),
      status: fc.constantFrom('draft', 'published'),
      variants: fc.array(
        fc.record({
          attributes: pairs(values),
          minor: fc.nat(1_000_000_000),
          pictures: fc.array(fc.record({ url: text(12, 1), alt: text(5) }), { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ variants, place: filedIn, seo: said, ...rest }) =>
      aProduct({
        ...rest,
        ...filedIn,
        ...(said && { seo: said }),
        variants: variants.map(({ minor, ...variant }) =>
          aVariant({ ...variant, price: { minor, currency: 'EUR' } }),
        ),
      }),
    );

const exported = (products: readonly Product[], format: ImportFormat): string => {
  const names = new PairNames();
  for (const one of products) names.add(one);
  const { columns } = names;
  return format === 'csv'
    ? csvHead(columns) + products.map((one) => csvRows(one, columns)).join('')
    : products.map(jsonLine).join('');
};

/** What an import of the file finds about each product. */
const reimport = async (products: readonly Product[], format: ImportFormat, mode: ImportMode) => {
  const job = newImport('', { fileName: '', format, mode, decimal: '.' }, new Date(0));
  const bytes = Buffer.from(exported(products, format));
  const parts = {
    [Symbol.asyncIterator]: async function* () {
      for (let at = 0; at < bytes.length; at += 100)
        yield await Promise.resolve(bytes.subarray(at, at + 100));
    },
  };
  // A short text beyond ASCII may look like another encoding.
  const facts = { ...(await importReader.inspect(job, parts)), charset: 'utf-8' };
  const outcomes: unknown[] = [];
  for await (const { rejected, product: read } of importReader.read(job, facts, parts)) {
    outcomes.push(...rejected.map(({ errors }) => errors));
    if (!read) continue;
    const sku = read.patch.variants[0]?.sku;
    const known = products.find(({ variants }) => variants.some((variant) => variant.sku === sku));
    const draft = draftOf(read.patch, mode === 'replace' ? undefined : known);
    outcomes.push(
      draft.ok && known ? (saysTheSame(known, filed(draft.value, known)) ? 'unchanged' : draft.value) : draft,
    );
  }
  return outcomes;
};

describe('an exported catalogue', () => {
  it.each(['csv', 'jsonl'] as const)('is imported without any change: %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(product(text(8)), { maxLength: 4, minLength: 1 }), async (products) => {
        expect(await reimport(products, format, 'merge')).toEqual(products.map(() => 'unchanged'));
      }),
      LIMITS,
    );
  });

  it.each(['csv', 'jsonl'] as const)(
    'replaces itself without any change, but for empty values: %s',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(fc.array(product(text(8, 1)), { maxLength: 4, minLength: 1 }), async (products) => {
          expect(await reimport(products, format, 'replace')).toEqual(products.map(() => 'unchanged'));
        }),
      );
    },
  );

  it('may have more attributes than a file has columns', async () => {
    const products = Array.from({ length: 5 }, (_, at) =>
      aProduct({
        specifications: Object.fromEntries(Array.from({ length: 50 }, (__, n) => [`s${at}-${n}`, 'x'])),
      }),
    );
    expect(await reimport(products, 'csv', 'replace')).toEqual(products.map(() => 'unchanged'));
  });
});

describe('a cell', () => {
  it('comes back as it was, and begins with no character that a spreadsheet runs', () => {
    fc.assert(
      fc.property(text(20), (cell) => {
        expect(unguarded(guarded(cell))).toBe(cell);
        expect(guarded(cell)).not.toMatch(/^[=+\-@\t\r]/);
      }),
      LIMITS,
    );
  });

  it('may hold a list of any texts', () => {
    fc.assert(
      fc.property(fc.array(text(10, 1), { maxLength: 5 }), (items) => {
        expect(listed(joined(items))).toEqual(items);
      }),
      LIMITS,
    );
  });
});
