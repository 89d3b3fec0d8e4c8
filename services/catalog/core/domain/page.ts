/** How search engines show a page. */
export interface Seo {
  readonly title?: string;
  readonly description?: string;
}
