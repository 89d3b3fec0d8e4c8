import { renderToString } from 'preact-render-to-string';

/** The HTML of a page. */
export const render = (title: string): string =>
  `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
      </head>
      <body>
        <h1>{title}</h1>
      </body>
    </html>,
  )}`;
