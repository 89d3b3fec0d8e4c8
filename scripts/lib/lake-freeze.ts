import type { Breach } from './schema-compat.ts';

/** File name → its columns. */
export type LakeFiles = ReadonlyMap<string, unknown>;

/** What differs in the published columns of the lake. None may: what was written stays, and readers expect it all to look the same. */
export const lakeChanges = (published: LakeFiles, now: LakeFiles): readonly Breach[] =>
  [...published].flatMap(([file, before]): readonly Breach[] => {
    const after = now.get(file);
    if (after === undefined) return [{ kind: 'removed', where: file, detail: '' }];
    const [was, is] = [JSON.stringify(before), JSON.stringify(after)];
    return was === is ? [] : [{ kind: 'changed', where: file, detail: `${was} → ${is}` }];
  });
