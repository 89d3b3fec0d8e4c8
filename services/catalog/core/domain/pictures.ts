export interface Picture {
  readonly url: string;
  /** What the picture shows, for those who cannot see it; empty if it only decorates. */
  readonly alt: string;
}

/** A picture as entered; without a text it keeps the one that it has. */
export interface PictureDraft {
  readonly url: string;
  readonly alt?: string | undefined;
}

/**
 * Drafts without a URL are left out: there is nothing to show.
 * @param known the pictures that the variant has; of several with the same URL, the one at the same place counts first
 */
export const picturesOf = (drafts: readonly PictureDraft[], known: readonly Picture[] = []): Picture[] =>
  drafts
    .filter(({ url }) => url !== '')
    .map(({ url, alt }, at) => {
      const same = [known[at], ...known].find((picture) => picture?.url === url);
      return { url, alt: alt ?? same?.alt ?? '' };
    });

/** Pictures that are only named by their URLs. */
export const picturesAt = (urls: readonly string[]): PictureDraft[] => urls.map((url) => ({ url }));

export const urlsOf = ({ pictures }: { readonly pictures: readonly Picture[] }): string[] =>
  pictures.map(({ url }) => url);

export const textsOf = ({ pictures }: { readonly pictures: readonly Picture[] }): string[] =>
  pictures.map(({ alt }) => alt);
