import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

/** What a program of this repository is made of. */
export interface OwnFiles {
  /** Modules, relative to the root, sorted. */
  readonly modules: readonly string[];
  /** Files and folders that modules name by `new URL('…', import.meta.url)`, relative to the root, sorted. */
  readonly assets: readonly string[];
  /** Packages that modules import, or in which they resolve files; sorted. */
  readonly packages: readonly string[];
}

/** What a module says it needs. */
interface Needs {
  readonly imports: readonly string[];
  readonly urls: readonly string[];
  /** In modules that resolve paths in packages. */
  readonly texts: readonly string[];
}

const isModuleUrl = (node: ts.Node): boolean => node.getText() === 'import.meta.url';

/** Services have most of their modules in common. */
const known = new Map<string, Needs>();

const needsOf = (file: string): Needs => {
  const needs = known.get(file) ?? readNeeds(file);
  known.set(file, needs);
  return needs;
};

/** Types vanish when Node loads a module, so what is imported for its types alone is not needed. */
const readNeeds = (file: string): Needs => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const isResolving = source.text.includes('createRequire(');
  const [imports, urls, texts]: [string[], string[], string[]] = [[], [], []];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
      return;
    if (ts.isExportDeclaration(node) && node.isTypeOnly) return;
    if (ts.isImportTypeNode(node)) return;
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      if (ts.isStringLiteral(node.moduleSpecifier)) imports.push(node.moduleSpecifier.text);
      return;
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [what] = node.arguments;
      if (what && ts.isStringLiteral(what)) imports.push(what.text);
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
      const [path, base] = node.arguments ?? [];
      if (path && base && ts.isStringLiteral(path) && isModuleUrl(base)) urls.push(path.text);
    }
    if (isResolving && (ts.isStringLiteral(node) || ts.isTemplateHead(node))) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { imports, urls, texts };
};

/** OpenAPI files refer to parts of others: `$ref: 'common.yaml#/components/…'`. */
const REFERENCE = /\$ref: *['"]?([^'"#\s]+\.yaml)#/g;

const referencesIn = (path: string): readonly string[] =>
  path.endsWith('.yaml')
    ? [...readFileSync(path, 'utf8').matchAll(REFERENCE)].map(([, file = '']) => resolve(dirname(path), file))
    : [];

/** `@scope/name/path` → `@scope/name`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The folders that `#name/` stands for. */
export type Aliases = Readonly<Record<string, string>>;

/**
 * Follows the imports of a module.
 * @param root the folder of the repository
 * @param entry relative to it
 * @param aliases `imports` of package.json
 * @param dependencies the packages that the repository depends on
 */
export const ownFilesOf = (
  root: string,
  entry: string,
  aliases: Aliases,
  dependencies: ReadonlySet<string>,
): OwnFiles => {
  const [modules, assets, packages] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const within = (path: string): string => relative(root, path);

  const fileOf = (specifier: string, importer: string): string | undefined => {
    if (specifier.startsWith('.')) return resolve(dirname(importer), specifier);
    const [alias = ''] = specifier.split('/');
    const folder = aliases[`${alias}/*`];
    return folder === undefined
      ? undefined
      : resolve(root, folder.replace('*', specifier.slice(alias.length + 1)));
  };

  const keep = (path: string): void => {
    if (assets.has(within(path))) return;
    assets.add(within(path));
    for (const file of referencesIn(path)) keep(file);
  };

  const follow = (file: string): void => {
    if (modules.has(within(file))) return;
    modules.add(within(file));
    if (!file.endsWith('.ts')) return;
    const { imports, urls, texts } = needsOf(file);
    for (const specifier of imports) {
      const own = fileOf(specifier, file);
      if (own !== undefined) follow(own);
      else if (!specifier.startsWith('node:')) packages.add(packageOf(specifier));
    }
    for (const url of urls) {
      const path = resolve(dirname(file), decodeURIComponent(url));
      if (!existsSync(path) || within(path).startsWith('node_modules')) continue;
      if (statSync(path).isFile() && path.endsWith('.ts')) follow(path);
      else keep(path);
    }
    for (const text of texts) if (dependencies.has(packageOf(text))) packages.add(packageOf(text));
  };

  follow(resolve(root, entry));
  return { modules: [...modules].sort(), assets: [...assets].sort(), packages: [...packages].sort() };
};
