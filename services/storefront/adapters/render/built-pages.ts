import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Outage } from '#adapters/resilience/policy.ts';
import type {
  Assets,
  RenderManifest,
  RenderOwnReview,
  RenderPage,
  RenderShelf,
  RenderVisitor,
} from '#contracts/pages/storefront.ts';
import type { Asset, Render } from '../../core/ports/render.ts';

/** What `npm run faces` makes of `faces/storefront`. */
const FOLDER = new URL('../../../../.cache/faces/storefront/', import.meta.url);

/** Vite's list of the files for browsers, by their sources. */
const Manifest = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).optional(), assets: z.array(z.string()).optional() }),
);

/** What the built code exports. */
interface Renderers {
  readonly renderPage: RenderPage;
  readonly renderVisitor: RenderVisitor;
  readonly renderOwnReview: RenderOwnReview;
  readonly renderShelf: RenderShelf;
  readonly renderManifest: RenderManifest;
}

interface Bundle extends Renderers {
  readonly assets: Assets;
  readonly files: ReadonlyMap<string, Asset>;
}

const TYPES = [
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.svg', 'image/svg+xml'],
] as const;

const assetOf = async (file: string): Promise<readonly [string, Asset]> => {
  const type = TYPES.find(([ending]) => file.endsWith(ending))?.[1];
  if (type === undefined) throw new Error(`${file} is of no type that pages use`);
  return [file, { type, body: await readFile(new URL(`client/${file}`, FOLDER), 'utf8') }];
};

const ENTRY = 'islands/main.ts';

const load = async (): Promise<Bundle> => {
  const manifest = Manifest.parse(
    JSON.parse(await readFile(new URL('client/.vite/manifest.json', FOLDER), 'utf8')),
  );
  const entry = manifest[ENTRY];
  const [style] = entry?.css ?? [];
  const icon = manifest['styles/icon.svg']?.file;
  if (!entry || style === undefined || icon === undefined) throw new Error(`the manifest lacks ${ENTRY}`);
  const names = Object.values(manifest).flatMap(({ file, css = [], assets = [] }) => [
    file,
    ...css,
    ...assets,
  ]);
  const files = await Promise.all([...new Set(names)].map(assetOf));
  // Built code: its types are those of the contract that its sources are checked against.
  const renderers = (await import(new URL('pages/render.js', FOLDER).href)) as Renderers;
  const assets = { script: `/assets/${entry.file}`, style: `/assets/${style}`, icon: `/assets/${icon}` };
  return { ...renderers, assets, files: new Map(files) };
};

/** The pages of `faces/storefront`, loaded at the first request. */
export const makeBuiltPages = (): Render => {
  let loading: Promise<Bundle> | undefined;
  const bundle = (): Promise<Bundle> =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined; // it may be built in the meantime
      throw new Outage('the pages are not built: run npm run faces', { cause: error });
    }));
  return {
    page: async (frame) => {
      const { renderPage, assets } = await bundle();
      return renderPage(frame, assets);
    },
    visitor: async (visitor, language) => (await bundle()).renderVisitor(visitor, language),
    ownReview: async (review, language) => (await bundle()).renderOwnReview(review, language),
    shelf: async (shelf, language) => (await bundle()).renderShelf(shelf, language),
    manifest: async (language) => {
      const { renderManifest, assets } = await bundle();
      return renderManifest(assets, language);
    },
    asset: async (name) => (await bundle()).files.get(name),
  };
};
