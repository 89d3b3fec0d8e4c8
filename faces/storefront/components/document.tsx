import type { ComponentChildren } from 'preact';
import type { Assets, PageFrame } from '#contracts/pages/storefront.ts';
import type { Translate } from '../locales/texts.ts';
import { SearchIcon } from './icons.tsx';
import { LANGUAGES } from './languages.ts';
import { descriptionOf, titleOf } from './titles.ts';
import { VisitorLinks } from './visitor-links.tsx';

interface Props {
  readonly frame: PageFrame;
  readonly assets: Assets;
  readonly t: Translate;
  readonly children: ComponentChildren;
}

/** JSON cannot end the element that it is in. */
const scriptText = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');

const pictureOf = ({ page }: PageFrame): string | undefined => {
  if (page.kind === 'product') return page.pictures[0]?.src;
  return page.kind === 'collection' ? page.picture?.src : undefined;
};

export const Document = ({ frame, assets, t, children }: Props) => {
  const { language, canonical, page } = frame;
  const origin = new URL(canonical).origin;
  const picture = pictureOf(frame);
  const title = titleOf(page, t);
  const description = descriptionOf(page, t);
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="description" content={description} />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={assets.style} />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="icon" type="image/svg+xml" href={assets.icon} />
        {frame.isIndexed ? (
          <link rel="canonical" href={canonical} />
        ) : (
          <meta name="robots" content="noindex" />
        )}
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:site_name" content={t('shop')} />
        <meta property="og:url" content={canonical} />
        <meta property="og:type" content={page.kind === 'product' ? 'product' : 'website'} />
        {picture !== undefined && <meta property="og:image" content={new URL(picture, origin).href} />}
        {page.kind === 'order' && !page.isFinal && (
          <noscript>
            <meta http-equiv="refresh" content="4" />
          </noscript>
        )}
        <script type="module" src={assets.script} />
        {frame.structured.map((data) => (
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptText(data) }} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {t('skip')}
        </a>
        <Header frame={frame} t={t} />
        <p id="offline" class="offline" role="alert" data-island="offline" hidden>
          {t('offline')}
        </p>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <Footer frame={frame} t={t} />
        <div id="announcement" class="visually-hidden" role="status" aria-live="polite" />
      </body>
    </html>
  );
};

const Header = ({ frame, t }: Pick<Props, 'frame' | 't'>) => (
  <header class="header">
    <div class="header-row">
      <a class="logo" href="/">
        <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
          <rect width="32" height="32" rx="8" class="logo-ground" />
          <path d="M9 12h14l-1.4 12.2a2 2 0 0 1-2 1.8h-7.2a2 2 0 0 1-2-1.8z" class="logo-bag" />
          <path d="M12 14v-3a4 4 0 0 1 8 0v3" class="logo-handle" />
        </svg>
        <span>{t('shop')}</span>
      </a>
      <form class="search" action="/search" role="search" data-island="suggestions">
        <input
          type="search"
          name="q"
          value={frame.query}
          placeholder={t('search_label')}
          aria-label={t('search_label')}
          autocomplete="off"
          maxLength={200}
          list="suggestions"
        />
        <datalist id="suggestions" />
        <button type="submit" aria-label={t('search')}>
          <SearchIcon />
        </button>
      </form>
      <div class="visitor" data-island={frame.visitor ? undefined : 'visitor'}>
        <VisitorLinks visitor={frame.visitor} t={t} />
      </div>
    </div>
    <nav class="categories" aria-label={t('menu')}>
      <ul>
        {frame.navigation.map(({ href, text }) => (
          <li>
            <a href={href} aria-current={frame.path.split('?')[0] === href ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  </header>
);

const Footer = ({ frame, t }: Pick<Props, 'frame' | 't'>) => (
  <footer class="footer">
    <p>{t('footer')}</p>
    <form method="post" action="/language" class="languages">
      <input type="hidden" name="return_to" value={frame.path} />
      {LANGUAGES.map(([code, name]) => (
        <button
          type="submit"
          name="language"
          value={code}
          lang={code}
          class="link"
          aria-pressed={frame.language === code}
        >
          {name}
        </button>
      ))}
    </form>
    <a href="/track">{t('track_order')}</a>
    <a href="/docs">{t('api')}</a>
  </footer>
);
