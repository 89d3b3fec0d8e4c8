import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

const FOLDER = new URL('../../templates/', import.meta.url);

/** Renders a template. */
export type Template = (view: object) => string;

/**
 * The templates of one format under their names: `order.placed.html.hbs` → `order.placed`. Each may include any other.
 * HTML is escaped, text is not; a value missing from the view throws.
 */
export const loadTemplates = (format: 'html' | 'txt'): ReadonlyMap<string, Template> => {
  const handlebars = Handlebars.create();
  const ending = `.${format}.hbs`;
  const names = readdirSync(FOLDER).filter((file) => file.endsWith(ending));
  const templates = names.map((file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const options = { strict: true, noEscape: format === 'txt' };
    const template = handlebars.compile<object>(text, options);
    const name = file.slice(0, -ending.length);
    handlebars.registerPartial(name, template);
    return [name, (view: object) => template(view)] as const;
  });
  return new Map(templates);
};

/** Throws when there is no such template. */
export const templateOf = (templates: ReadonlyMap<string, Template>, name: string): Template => {
  const template = templates.get(name);
  if (!template) throw new Error(`there is no template ${name}`);
  return template;
};
