import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

/** What staff keep with an order, apart from its history: customers see none of it. */
export interface StaffFile {
  readonly orderId: string;
  /** 0 while there is nothing. */
  readonly version: number;
  /** In lower case, each once, in the order in which they were added. */
  readonly tags: readonly string[];
  readonly assignee?: Member | undefined;
  /** Oldest first. */
  readonly notes: readonly Note[];
}

/** A member of staff. */
export interface Member {
  readonly userId: string;
  readonly name: string;
}

export interface Note {
  readonly noteId: string;
  readonly text: string;
  readonly author: Member;
  /** RFC 3339. */
  readonly at: string;
  /** IDs of mentioned staff members; absent if there are none. */
  readonly mentions?: readonly string[] | undefined;
}

/** A change that several orders can have at once. */
export type Filing =
  | { readonly act: 'add_tag' | 'remove_tag'; readonly tag: string }
  | { readonly act: 'assign'; readonly assignee: Member }
  | { readonly act: 'unassign' };

export const MOST_TAGS = 20;
export const MOST_NOTES = 200;

export type TooManyTags = Refusal<'TOO_MANY_TAGS'>;
export type TooManyNotes = Refusal<'TOO_MANY_NOTES'>;

export const emptyFile = (orderId: string): StaffFile => ({ orderId, version: 0, tags: [], notes: [] });

/** One spelling per tag. */
export const normalizeTag = (tag: string): string =>
  tag.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

const next = (file: StaffFile, changes: Partial<StaffFile>): StaffFile => ({
  ...file,
  ...changes,
  version: file.version + 1,
});

/** The same file if there is nothing to change. */
export const filed = (file: StaffFile, filing: Filing): Result<StaffFile, TooManyTags> => {
  const { tags, assignee } = file;
  switch (filing.act) {
    case 'add_tag': {
      const tag = normalizeTag(filing.tag);
      if (tags.includes(tag)) return ok(file);
      return tags.length < MOST_TAGS
        ? ok(next(file, { tags: [...tags, tag] }))
        : refuse('TOO_MANY_TAGS', `An order has at most ${MOST_TAGS} tags.`);
    }
    case 'remove_tag': {
      const tag = normalizeTag(filing.tag);
      return ok(tags.includes(tag) ? next(file, { tags: tags.filter((one) => one !== tag) }) : file);
    }
    case 'assign': {
      const { userId, name } = filing.assignee;
      const isSame = assignee?.userId === userId && assignee.name === name;
      return ok(isSame ? file : next(file, { assignee: { userId, name } }));
    }
    case 'unassign':
      return ok(assignee ? next(file, { assignee: undefined }) : file);
  }
};

export const withNote = (file: StaffFile, note: Note): Result<StaffFile, TooManyNotes> =>
  file.notes.length < MOST_NOTES
    ? ok(next(file, { notes: [...file.notes, note] }))
    : refuse('TOO_MANY_NOTES', `An order has at most ${MOST_NOTES} notes.`);

/** IDs of the staff members mentioned in the notes, without duplicates. */
export const mentionedIn = ({ notes }: Pick<StaffFile, 'notes'>): readonly string[] => [
  ...new Set(notes.flatMap(({ mentions = [] }) => mentions)),
];

/** The same file if it has no such note. */
export const withoutNote = (file: StaffFile, noteId: string): StaffFile =>
  file.notes.some((note) => note.noteId === noteId)
    ? next(file, { notes: file.notes.filter((note) => note.noteId !== noteId) })
    : file;

/** Without what was written about the customer in words; the same file if there is nothing. */
export const withoutNotes = (file: StaffFile): StaffFile =>
  file.notes.length > 0 ? next(file, { notes: [] }) : file;
