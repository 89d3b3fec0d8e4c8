import type { CardsPage, SessionsPage } from '#contracts/pages/storefront.ts';
import { AccountFrame, Action } from '../components/account-frame.tsx';
import type { Translate } from '../locales/texts.ts';

export const Cards = ({ page, t }: { page: CardsPage; t: Translate }) => (
  <AccountFrame place="/account/cards" heading={t('cards')} notice={page.notice} t={t}>
    <p class="quiet">{t('cards_hint')}</p>
    {page.cards.length === 0 ? (
      <p>{t('no_cards')}</p>
    ) : (
      <ul class="orders">
        {page.cards.map(({ cardId, text, expires, isDefault }) => (
          <li class="order">
            <div>
              <p class="strong">{text}</p>
              <p class="quiet">
                {t('expires', { date: expires })}
                {isDefault && ` · ${t('default_card')}`}
              </p>
            </div>
            <Action
              action={`/account/cards/${cardId}/remove`}
              text={t('remove')}
              label={t('remove_item', { name: text })}
            />
          </li>
        ))}
      </ul>
    )}
  </AccountFrame>
);

export const Sessions = ({ page, t }: { page: SessionsPage; t: Translate }) => (
  <AccountFrame place="/account/sessions" heading={t('sessions')} notice={page.notice} t={t}>
    <p class="quiet">{t('sessions_hint')}</p>
    <ul class="orders">
      {page.sessions.map(({ sessionId, device, lastUsed, isCurrent }) => {
        const name = device === '' ? t('unknown_device') : device;
        return (
          <li class="order">
            <div>
              <p class="strong">{name}</p>
              <p class="quiet">{isCurrent ? t('this_browser') : t('last_used', { date: lastUsed })}</p>
            </div>
            {!isCurrent && (
              <Action
                action={`/account/sessions/${sessionId}/end`}
                text={t('log_out')}
                label={`${t('log_out')}: ${name}, ${t('last_used', { date: lastUsed })}`}
              />
            )}
          </li>
        );
      })}
    </ul>
    {page.sessions.some(({ isCurrent }) => !isCurrent) && (
      <div class="actions">
        <Action action="/account/sessions/others/end" text={t('end_others')} />
      </div>
    )}
  </AccountFrame>
);
