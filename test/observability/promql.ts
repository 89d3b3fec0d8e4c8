/** What an expression of PromQL names. */
export interface Named {
  /** The series that it selects, each with the labels that its matchers name. */
  readonly series: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** The labels by which it groups or joins. */
  readonly grouping: readonly string[];
}

const TOKEN =
  /(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<range>\[[^\]]*\])|(?<number>(?:\d[\w.]*))|(?<name>\$?[a-zA-Z_:][\w:]*)|(?<mark>=~|!~|!=|==|<=|>=|[^\s])/g;

const GROUPINGS = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const WORDS = new Set(['and', 'or', 'unless', 'offset', 'bool', 'atan2', 'inf', 'nan', 'start', 'end']);
const AGGREGATIONS = new Set([
  'sum',
  'min',
  'max',
  'avg',
  'group',
  'stddev',
  'stdvar',
  'count',
  'count_values',
  'bottomk',
  'topk',
  'quantile',
]);

const tokensOf = (expression: string): readonly string[] =>
  [...expression.matchAll(TOKEN)].map(([token]) => token);

const isName = (token: string | undefined): token is string => /^[a-zA-Z_:][\w:]*$/.test(token ?? '');

/** The names between `from`, where a bracket opens, and where it closes. */
const namesUntil = (tokens: readonly string[], from: number, end: string): readonly string[] =>
  tokens.slice(from + 1, tokens.indexOf(end, from)).filter(isName);

/** What `expression` names, which must be valid: promtool says whether it is. */
export const namedBy = (expression: string): Named => {
  const tokens = tokensOf(expression);
  const series: { name: string; labels: readonly string[] }[] = [];
  const grouping: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const [token = '', next] = [tokens[at], tokens[at + 1]];
    if (token === '{') at = tokens.indexOf('}', at);
    else if (GROUPINGS.has(token) && next === '(') {
      grouping.push(...namesUntil(tokens, at + 1, ')'));
      at = tokens.indexOf(')', at);
    } else if (
      isName(token) &&
      next !== '(' &&
      ![GROUPINGS, WORDS, AGGREGATIONS].some((set) => set.has(token))
    )
      series.push({ name: token, labels: next === '{' ? namesUntil(tokens, at + 1, '}') : [] });
  }
  return { series, grouping };
};
