import express, { type Response, type Router } from 'express';
import absolutePath from 'swagger-ui-dist/absolute-path.js'; // its index would load the page itself
import type { ServiceState } from './states.ts';

export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
}

export interface PagesOptions {
  readonly openapi: object;
  readonly profile: string;
  /** Called on each request: service names, and whether they are ready. */
  readonly states: () => Promise<readonly ServiceState[]>;
  /** Empty in production. */
  readonly accounts: readonly DemoAccount[];
  /** Further links on the overview. */
  readonly links: () => readonly { readonly href: string; readonly text: string }[];
}

const CSP =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/** The gateway's own pages: the overview for developers, the documentation and its health. */
export const makePages = (options: PagesOptions): Router => {
  const pages = express.Router();
  const openapi = JSON.stringify(options.openapi);
  pages.get('/dev', async (request, response) => {
    html(response, await landing(options, `${request.protocol}://${request.get('host') ?? 'localhost'}`));
  });
  pages.get('/openapi.json', (_request, response) => {
    response.type('json').send(openapi);
  });
  pages.get('/docs', (_request, response) => {
    html(response, DOCS);
  });
  pages.get('/docs/start.js', (_request, response) => {
    response
      .type('js')
      .send("SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true });");
  });
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    pages.get(`/docs/${file}`, (_request, response) => {
      response.sendFile(file, { root: absolutePath() });
    });
  // Browsers ask for it on pages that name no icon, such as those of errors.
  pages.get('/favicon.ico', (_request, response) => {
    response.status(204).set('Cache-Control', 'public, max-age=86400').end();
  });
  pages.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  // A service that is away must not take the gateway from its load balancer, and with it all the others.
  pages.get('/health/ready', async (_request, response) => {
    const states = await options.states();
    response.json({
      status: states.every(({ isReady }) => isReady) ? 'ready' : 'degraded',
      services: Object.fromEntries(
        states.map((state) => [state.service, state.isReady ? 'ready' : 'not ready']),
      ),
    });
  });
  return pages;
};

const html = (response: Response, body: string): void => {
  response.set('Content-Security-Policy', CSP).type('html').send(body);
};

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
  :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
  h1 { font-size: 1.9rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
  p.lead { margin: 0; opacity: .75; } table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); }
  th { font-weight: 600; font-size: .85rem; opacity: .7; } ul { padding-left: 1.1rem; margin: 0; }
  code, pre { font: .875rem/1.6 ui-monospace, monospace; background: var(--soft); border-radius: .35rem; }
  code { padding: .1rem .35rem; } pre { padding: .9rem 1rem; overflow-x: auto; }
  .ready::before { content: "●"; color: #2a9d5c; margin-right: .5rem; } .down::before { content: "●"; color: #d1443c; margin-right: .5rem; }`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<title>${title}</title><style>${STYLE}</style></head><body>${body}</body></html>`;

const landing = async (
  { profile, states, accounts, links }: PagesOptions,
  origin: string,
): Promise<string> => {
  const services = (await states()).map(
    ({ service, isReady }) =>
      `<tr><td>${escape(service)}</td><td class="${isReady ? 'ready' : 'down'}">${isReady ? 'ready' : 'not ready'}</td></tr>`,
  );
  const places = links().map(({ href, text }) => `<li><a href="${escape(href)}">${escape(text)}</a></li>`);
  const people = accounts.map(
    ({ email, password, roles }) =>
      `<tr><td><code>${escape(email)}</code></td><td><code>${escape(password)}</code></td><td>${escape(roles.join(', '))}</td></tr>`,
  );
  return page(
    'Shop platform',
    `<h1>Shop platform</h1><p class="lead">An event-driven shop. All pages and APIs below are on this origin.
     Profile: <code>${escape(profile)}</code></p>
     <h2>Look around</h2><ul>${places.join('')}</ul>
     <h2>Services</h2><table><tr><th>Service</th><th>State</th></tr>${services.join('')}</table>
     ${people.length > 0 ? `<h2>Demo accounts</h2><table><tr><th>E-mail</th><th>Password</th><th>Roles</th></tr>${people.join('')}</table>` : ''}
     <h2>Try it</h2><pre>curl -s '${escape(origin)}/api/v1/products?limit=3'
npm run demo</pre>`,
  );
};

const DOCS =
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API of the shop platform</title>` +
  `<meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<link rel="stylesheet" href="/docs/swagger-ui.css"></head><body><div id="docs"></div>` +
  `<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;
