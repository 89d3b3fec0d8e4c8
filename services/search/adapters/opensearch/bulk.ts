import { z } from 'zod';
import type { OpenSearchConnection } from '#adapters/opensearch/connection.ts';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import type { IndexChange } from '../../core/domain/document.ts';
import { sourceOf } from './mapping.ts';

/** Of a request, in characters; one document may be longer. */
const MOST_CHARACTERS = 4_000_000;

/** The outcome of a change under an alias. */
export interface Written {
  readonly productId: string;
  readonly alias: string;
  /** `missing`: there is no such alias. */
  readonly outcome: 'done' | 'refused' | 'missing';
  readonly reason?: string | undefined;
}

const Item = z.object({
  status: z.int(),
  error: z.object({ type: z.string(), reason: z.string().nullish() }).optional(),
});
const Result = z.object({ items: z.array(z.object({ index: Item })) });

/** An older document: the index has this revision or a later one. */
const CONFLICT = 409;
/** Documents of another format: not the fault of this one. */
const OTHER_FORMAT = 'strict_dynamic_mapping_exception';

interface Line {
  readonly productId: string;
  readonly alias: string;
  readonly action: object;
  readonly source: object;
}

/** Writes each change under each alias, in requests of a bounded size; throws `StoreUnavailable` if it could not write one. */
export const write = async (
  connection: OpenSearchConnection,
  aliases: readonly string[],
  changes: readonly IndexChange[],
): Promise<Written[]> => {
  const written: Written[] = [];
  for (const lines of partsOf(changes, aliases)) {
    const { body } = await connection.run((client) =>
      // Without the alias, a cluster might make an index of that name, with a mapping by guess.
      client.bulk({ require_alias: true, body: lines.flatMap(({ action, source }) => [action, source]) }),
    );
    const { items } = Result.parse(body);
    for (const [index, { productId, alias }] of lines.entries())
      written.push({ productId, alias, ...outcomeOf(items[index]?.index) });
  }
  return written;
};

function* partsOf(changes: readonly IndexChange[], aliases: readonly string[]): Generator<Line[]> {
  let part: Line[] = [];
  let characters = 0;
  for (const change of changes) {
    const { productId, revision } = change;
    const source = sourceOf(change);
    const length = aliases.length * JSON.stringify(source).length;
    if (part.length > 0 && characters + length > MOST_CHARACTERS) {
      yield part;
      [part, characters] = [[], 0];
    }
    for (const alias of aliases) {
      const action = {
        index: { _index: alias, _id: productId, version: revision, version_type: 'external' },
      };
      part.push({ productId, alias, action, source });
    }
    characters += length;
  }
  if (part.length > 0) yield part;
}

const outcomeOf = (item: z.infer<typeof Item> | undefined): Pick<Written, 'outcome' | 'reason'> => {
  const { status = 0, error } = item ?? {};
  const reason = error ? `${error.type}: ${error.reason ?? ''}` : undefined;
  if (status === CONFLICT || (status >= 200 && status < 300)) return { outcome: 'done' };
  if (status === 404) return { outcome: 'missing', reason };
  if (status === 400 && error?.type !== OTHER_FORMAT) return { outcome: 'refused', reason };
  throw new StoreUnavailable(`OpenSearch did not index a product: ${status} ${reason ?? ''}`);
};
