import { readdirSync, readFileSync } from 'node:fs';

/** A phrase that readers stumble over, and how to write it instead. */
interface Stiff {
  readonly phrase: RegExp;
  readonly better: string;
}

const STIFF: readonly Stiff[] = [
  { phrase: /\bwhoever\b/i, better: 'name them: "the client", "the holder of the token"' },
  { phrase: /(?<!')\bsomebody\b/i, better: 'name them: "another unit", "another user"' },
  { phrase: /\banybody\b/i, better: '"any caller", or "public"' },
  { phrase: /(?<!['"])\beverybody\b/i, better: '"all callers", or "public"' },
  { phrase: /\banew\b/i, better: '"again"' },
  { phrase: /\bas yet\b/i, better: '"yet"' },
  { phrase: /\bwhose turn\b/i, better: '"the next in rotation"' },
  { phrase: /\b(is|are) told\b/i, better: '"receives", "is notified", "is called with"' },
  { phrase: /\b(told|tells?) of\b/i, better: '"reports", "lists"' },
  { phrase: /\b(heard|hears?) of\b/i, better: '"knows", "has received the event"' },
  { phrase: /\b(what|which) is left\b/i, better: '"the remaining amount", "the rest"' },
  { phrase: /\banswers? (with )?[1-5]\d\d\b/i, better: '"returns 503"' },
  { phrase: /\banswers with\b/i, better: '"returns", "responds with"' },
  { phrase: /\b(is|are) answered\b/i, better: '"returns", "gets the response"' },
  { phrase: /\bany more\b/i, better: '"no longer"' },
  { phrase: /\b(paid|pays?)( \w+){0,2} back\b/i, better: '"refund"' },
  { phrase: /\bfor trying out\b/i, better: '"for development"' },
  { phrase: /\bnot as documented\b/i, better: '"not valid", "violates the schema"' },
  { phrase: /\bis none of\b/i, better: '"is not one of"' },
  { phrase: /\bis no \w+ of\b/i, better: '"is not a … of"' },
  { phrase: /\b(is|stays|are) good\b|\bgood once\b/i, better: '"is valid", "can be used once"' },
  { phrase: /\bheld (to|against)\b/i, better: '"checked against", "must follow"' },
  { phrase: /\bin vain\b/i, better: '"without effect"' },
  { phrase: /\bone by one\b/i, better: '"separately"' },
  { phrase: /\bknows? nothing\b/i, better: '"is independent of", "does not know"' },
  { phrase: /\bwhat (becomes|became) of\b/i, better: '"the outcome of"' },
  { phrase: /\bby now\b/i, better: '"now", "currently"' },
  { phrase: /\bof old\b/i, better: '"old", "earlier"' },
  { phrase: /\bthat there (is|are)\b/i, better: '"existing"' },
  { phrase: /\bthe own\b/i, better: '"its own", "the caller’s"' },
  { phrase: /\bever more rarely\b/i, better: '"with growing pauses"' },
  { phrase: /\bif need be\b/i, better: '"if necessary"' },
  { phrase: /\bstands in\b/i, better: '"is in"' },
  { phrase: /, too\b(?! \w)/i, better: '"also", in front of the verb' },
  { phrase: /\bnobody knows\b/i, better: '"is unknown"' },
  { phrase: /\bnobody answers\b/i, better: '"no response"' },
];

/** Generated, released, or about this rule. */
const EXEMPT = [
  'services/payment/adapters/postgres/migrations.ts',
  'clients/typescript/src/generated/',
  'contracts/asyncapi.yaml',
  'contracts/pacts/',
  'openapi/generated/',
  'openapi/published/',
  'samples/',
  'test/architecture/wording',
];

const isChecked = (file: string): boolean =>
  /\.(ts|mjs|js|cjs|md|yaml|hbs|proto)$/.test(file) && !EXEMPT.some((path) => file.startsWith(path));

/** Not ours, or not part of the repository. */
const IGNORED = /^(\..*|node_modules|coverage|dist|reports|shared)$/;

const filesIn = (root: URL, folder = ''): readonly string[] =>
  readdirSync(new URL(folder, root), { withFileTypes: true })
    .filter(({ name }) => !IGNORED.test(name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(root, `${folder}${entry.name}/`) : [`${folder}${entry.name}`],
    );

/** Files to which the rule applies, relative to `root`. */
export const checkedFiles = (root: URL): readonly string[] => filesIn(root).filter(isChecked);

/** `file:line: "phrase"; better: …` for each stiff phrase in a text. */
export const stiffPhrases = (file: string, text: string): readonly string[] =>
  text.split('\n').flatMap((line, at) =>
    STIFF.flatMap(({ phrase, better }) => {
      const [found] = phrase.exec(line) ?? [];
      return found === undefined ? [] : [`${file}:${at + 1}: "${found}"; better: ${better}`];
    }),
  );

/** Stiff phrases in all checked files. */
export const stiffFiles = (root: URL): readonly string[] =>
  checkedFiles(root).flatMap((file) => stiffPhrases(file, readFileSync(new URL(file, root), 'utf8')));
