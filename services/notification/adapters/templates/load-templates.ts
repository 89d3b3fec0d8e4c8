import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Locale } from '../../core/domain/locale.ts';

const FOLDER = new URL('../../templates/', import.meta.url);
/** What all languages use. */
const SHARED = 'shared';

/** Renders a template. */
export type Template = (view: object) => string;

export interface Templates {
  /** By name: `order.placed.html.hbs` → `order.placed`. */
  readonly byName: ReadonlyMap<string, Template>;
  /** A fingerprint of all texts that a template of this name may use. */
  readonly versionOf: (name: string) => string;
}

interface Source {
  readonly name: string;
  readonly text: string;
}

const sourcesIn = (folder: string, ending: string): readonly Source[] =>
  readdirSync(new URL(`${folder}/`, FOLDER))
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => ({
      name: file.slice(0, -ending.length),
      text: readFileSync(new URL(`${folder}/${file}`, FOLDER), 'utf8'),
    }));

/** Those that others include; events have a dot in their names. */
const isPart = ({ name }: Source): boolean => !name.includes('.');

/**
 * Templates of one format. Each may include those without a dot in their names. HTML is escaped, text is not; a value missing
 * from the view throws.
 */
export const compileTemplates = (format: 'html' | 'txt', sources: readonly Source[]): Templates => {
  const handlebars = Handlebars.create();
  const options = { strict: true, noEscape: format === 'txt' };
  const compiled = sources.map(({ name, text }) => {
    const template = handlebars.compile<object>(text, options);
    handlebars.registerPartial(name, template);
    return [name, (view: object) => template(view)] as const;
  });
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const parts = sources.filter(isPart).map(({ text }) => text);
  return {
    byName: new Map(compiled),
    versionOf: (name) =>
      createHash('sha256')
        .update(JSON.stringify([texts.get(name), ...parts]))
        .digest('hex')
        .slice(0, 12),
  };
};

/** The templates of a language in one format. */
export const loadTemplates = (format: 'html' | 'txt', locale: Locale): Templates => {
  const ending = `.${format}.hbs`;
  return compileTemplates(format, [...sourcesIn(SHARED, ending), ...sourcesIn(locale, ending)]);
};

/** A page of this service. */
export const loadPage = (name: string): Template => {
  const text = readFileSync(new URL(`${name}.html.hbs`, FOLDER), 'utf8');
  return Handlebars.create().compile<object>(text, { strict: true });
};

/** Throws when there is no such template. */
export const templateOf = ({ byName }: Templates, name: string): Template => {
  const template = byName.get(name);
  if (!template) throw new Error(`there is no template ${name}`);
  return template;
};
