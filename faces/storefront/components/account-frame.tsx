import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Key, Translate } from '../locales/texts.ts';
import { Notice } from './parts.tsx';

const PLACES = [
  ['/account', 'your_orders'],
  ['/account/profile', 'profile'],
  ['/account/addresses', 'addresses'],
  ['/account/wish-list', 'wish-list'],
  ['/account/returns', 'returns'],
  ['/account/reviews', 'reviews'],
  ['/account/cards', 'cards'],
  ['/account/mails', 'mails'],
  ['/account/sessions', 'sessions'],
  ['/account/privacy', 'privacy'],
] as const satisfies readonly (readonly [string, Key])[];

/** Whether the visitor has logged in at the OIDC provider, which then has what is left out here. */
export const OfProvider = createContext(false);

const ELSEWHERE: readonly AccountPlace[] = ['/account/addresses', '/account/cards', '/account/sessions'];

export type AccountPlace = (typeof PLACES)[number][0];

export const AccountNavigation = ({ place, t }: { place: AccountPlace; t: Translate }) => {
  const left = useContext(OfProvider) ? ELSEWHERE : [];
  return (
    <nav class="account-nav" aria-label={t('account')}>
      <ul>
        {PLACES.filter(([href]) => !left.includes(href)).map(([href, key]) => (
          <li>
            <a href={href} aria-current={href === place ? 'page' : undefined}>
              {t(key)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

interface Props {
  readonly place: AccountPlace;
  readonly heading: string;
  readonly notice?: string | undefined;
  readonly t: Translate;
  readonly children: ComponentChildren;
}

/** A page of the account, with the way to the others. */
export const AccountFrame = ({ place, heading, notice, t, children }: Props) => (
  <>
    <AccountNavigation place={place} t={t} />
    <h1>{heading}</h1>
    <Notice code={notice} t={t} />
    {children}
  </>
);

interface ActionProps {
  readonly action: string;
  readonly text: string;
  /** For those who hear only the button. */
  readonly label?: string;
}

/** A button that changes something. */
export const Action = ({ action, text, label }: ActionProps) => (
  <form method="post" action={action} data-island="once">
    <button type="submit" class="button small secondary" aria-label={label}>
      {text}
    </button>
  </form>
);
