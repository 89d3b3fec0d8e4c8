const MOST = 50_000;
/** V8 copies parts of a text up to this length; a longer one keeps the whole text in memory. */
const LONGEST = 12;

/** A pure function of short texts that remembers its results: texts repeat the same words. */
export const remembering = <Result>(compute: (text: string) => Result): ((text: string) => Result) => {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = compute(text);
    if (results.size >= MOST) results.clear();
    if (text.length <= LONGEST) results.set(text, result);
    return result;
  };
};
