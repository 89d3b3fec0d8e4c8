import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const KINDS = [
  'exact product',
  'product type',
  'feature',
  'theme',
  'use case',
  'symbols and units',
  'synonyms',
  'misspelt',
] as const;

const line = z.strictObject({
  query: z.string().min(1),
  kind: z.enum(KINDS),
  set: z.enum(['tuning', 'test']),
  /** By product name: 3 exactly that, 2 good, 1 acceptable; products that are not listed are 0. */
  grades: z.record(z.string(), z.int().min(1).max(3)).optional(),
  /** The query that a misspelt one should have been; it is also judged, and has the same grades. */
  meant: z.string().optional(),
});

/** A query, and how well each product answers it. */
export interface Judgement extends Omit<z.infer<typeof line>, 'grades' | 'meant'> {
  readonly grades: ReadonlyMap<string, number>;
  readonly meant?: string | undefined;
}

/** The set of a query: drawn by its hash, so that nobody chooses. A misspelt query is in the set of the one it meant. */
export const setOf = (query: string): Judgement['set'] =>
  (createHash('sha256').update(query.toLowerCase()).digest()[0] ?? 0) % 2 === 0 ? 'test' : 'tuning';

/** The judgements over the sample catalogue. Throws if a misspelt query means one that is not judged. */
export const readJudgements = (): Judgement[] => {
  const lines = readFileSync(new URL('judgements.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => line.parse(JSON.parse(text)));
  const gradesOf = new Map(lines.map(({ query, grades }) => [query, grades]));
  return lines.map((judged) => {
    const grades = judged.grades ?? gradesOf.get(judged.meant ?? '');
    if (!grades) throw new Error(`“${judged.query}” has no grades.`);
    return { ...judged, grades: new Map(Object.entries(grades)) };
  });
};
