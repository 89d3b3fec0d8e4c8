/** How search engines show a page. */
export interface Seo {
  readonly title?: string;
  readonly description?: string;
}

export interface Picture {
  readonly url: string;
  /** Describes the picture to people who cannot see it. */
  readonly alt: string;
}
