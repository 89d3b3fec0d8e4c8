import { ok, refuse, type Err, type Refusal, type Result } from '#kernel/result.ts';

export interface Wanted<Missing> {
  /** As messages name it: "price list". */
  readonly what: string;
  readonly missing: Err<Missing>;
  /** The version that a change is based on; any if absent. */
  readonly basedOn: number | undefined;
}

/** What was found, unless there is nothing, or it is no longer at the version that a change is based on. */
export const currentOf = <T, Missing>(
  found: T | undefined,
  versionOf: (found: T) => number,
  { what, missing, basedOn }: Wanted<Missing>,
): Result<T, Missing | Refusal<'PRECONDITION_FAILED'>> => {
  if (found === undefined) return missing;
  const version = versionOf(found);
  return basedOn === undefined || basedOn === version
    ? ok(found)
    : refuse('PRECONDITION_FAILED', `The ${what} is now at version ${version}.`);
};
