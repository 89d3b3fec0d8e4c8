/** What a page of a face makes a browser load, against what it may. Pure: sizes come in as arguments. */

/** Part of Vite's manifest, by source file. */
export type Manifest = Readonly<
  Record<
    string,
    {
      readonly file: string;
      readonly isEntry?: boolean;
      readonly isDynamicEntry?: boolean;
      readonly imports?: readonly string[];
      readonly dynamicImports?: readonly string[];
      readonly css?: readonly string[];
    }
  >
>;

/** Bytes with gzip. */
export interface Budget {
  /** Pages that every visit loads, by source file: the layout. They count with the first load. */
  readonly always: readonly string[];
  readonly script: number;
  readonly style: number;
  /** What a page loads beyond the first load. */
  readonly route: number;
}

export interface Load {
  readonly name: string;
  readonly script: number;
  readonly style: number;
}

/** The chunks that a chunk needs at once. */
const closureOf = (manifest: Manifest, source: string, seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(source)) return seen;
  seen.add(source);
  for (const next of manifest[source]?.imports ?? []) closureOf(manifest, next, seen);
  return seen;
};

/**
 * The first load, then each page beyond it.
 * @param always see `Budget`
 * @param sizeOf the bytes of a file
 */
export const loadsOf = (
  manifest: Manifest,
  always: Budget['always'],
  sizeOf: (file: string) => number,
): readonly Load[] => {
  const entry = Object.keys(manifest).find((source) => manifest[source]?.isEntry === true);
  if (entry === undefined) throw new Error('the manifest has no entry');
  const first = new Set([entry, ...always].flatMap((source) => [...closureOf(manifest, source)]));
  const load = (name: string, sources: readonly string[]): Load => {
    const chunks = sources.flatMap((source) => manifest[source] ?? []);
    const sum = (files: readonly string[]): number =>
      [...new Set(files)].reduce((bytes, file) => bytes + sizeOf(file), 0);
    return {
      name,
      script: sum(chunks.map(({ file }) => file)),
      style: sum(chunks.flatMap(({ css = [] }) => css)),
    };
  };
  const pages = Object.keys(manifest).filter(
    (source) => manifest[source]?.isDynamicEntry === true && !first.has(source),
  );
  return [
    load('first load', [...first]),
    ...pages.map((page) =>
      load(
        page,
        [...closureOf(manifest, page)].filter((source) => !first.has(source)),
      ),
    ),
  ];
};

const kB = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;

/** What is too large, as sentences. */
export const excessesOf = ([first, ...pages]: readonly Load[], budget: Budget): readonly string[] => [
  ...(first && first.script > budget.script
    ? [`first load: ${kB(first.script)} of script, at most ${kB(budget.script)}`]
    : []),
  ...(first && first.style > budget.style
    ? [`first load: ${kB(first.style)} of styles, at most ${kB(budget.style)}`]
    : []),
  ...pages
    .filter(({ script, style }) => script + style > budget.route)
    .map(({ name, script, style }) => `${name}: ${kB(script + style)}, at most ${kB(budget.route)}`),
];
