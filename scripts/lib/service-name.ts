/** A service's name as each place spells it. */
export interface ServiceName {
  /** Folder, OpenAPI file, paths: `gift-card`. */
  readonly kebab: string;
  /** Values: `giftCard`. */
  readonly camel: string;
  /** Types: `GiftCard`. */
  readonly Pascal: string;
  /** Database schema: `gift_card`. */
  readonly snake: string;
  /** For people: `Gift card`. */
  readonly Title: string;
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;
const LONGEST = 40;

/** Words of TypeScript or SQL, schemas that are taken, and what a service's own main/module.ts calls other things. */
const RESERVED = new Set(
  `all analyse analyze and any application arguments array as asc asymmetric authorization await binary both
   break bus case cast catch check class collate collation column compose concurrently const constraint
   continue create cross current debugger default deferrable delete desc distinct do else end enum errors
   eval except export extends false fetch finally for foreign freeze from full function grant group having
   if ilike implements import in information-schema initially inner instanceof intersect into is isnull join
   lateral leading left let like limit localtime localtimestamp migrations mock-carrier mock-gateway natural
   new not notnull null offset on only or order orders outer overlaps package placing primary private
   protected public references return returning right select similar some static super switch symmetric
   table tablesample then this throw to token trailing true try typeof undefined union unique user users
   using var variadic verbose void when where while window with yield`.split(/\s+/),
);

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The spellings of `name`; undefined when it can name no service. */
export const serviceName = (name: string): ServiceName | undefined => {
  if (!KEBAB.test(name) || name.length > LONGEST || RESERVED.has(name) || name.startsWith('pg-'))
    return undefined;
  const words = name.split('-');
  const Pascal = words.map(upperFirst).join('');
  return {
    kebab: name,
    camel: Pascal.charAt(0).toLowerCase() + Pascal.slice(1),
    Pascal,
    snake: words.join('_'),
    Title: upperFirst(words.join(' ')),
  };
};
