import type { Member } from './acts.ts';

/** The most that a note takes. */
const MOST = 10;

/** What is typed of a name after `@`, right before the caret; may be empty. Undefined if no name is being typed. */
export const typedBefore = (text: string, caret: number): string | undefined =>
  /(?:^|\s)@(?<name>[\p{L}\p{N}.'-]{0,40})$/u.exec(text.slice(0, caret))?.groups?.['name'];

/** The text, and where its caret is, once the name that is being typed has been chosen. */
export const completed = (
  text: string,
  caret: number,
  { name }: Member,
): { readonly text: string; readonly caret: number } => {
  const before = `${text.slice(0, text.lastIndexOf('@', caret - 1))}@${name} `;
  return { text: before + text.slice(caret), caret: before.length };
};

/** IDs of the chosen colleagues who are still named. */
export const mentionsIn = (text: string, chosen: readonly Member[]): string[] =>
  [...new Set(chosen.filter(({ name }) => text.includes(`@${name}`)).map(({ user_id: id }) => id))].slice(
    0,
    MOST,
  );
