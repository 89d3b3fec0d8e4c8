import type { CardsPage, SessionsPage } from '#contracts/pages/storefront.ts';
import { cardText } from '../domain/format.ts';
import { deviceName } from '../domain/device-name.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
} from './visited.ts';

/** What a customer has in lists, and can take from them: saved cards, and browsers and devices that are logged in. */
export interface AccountLists {
  showCards(request: Request, customer: Customer, notice: string | undefined): Promise<Outcome>;
  removeCard(request: Request, customer: Customer, cardId: string): Promise<Outcome>;
  showSessions(request: Request, customer: Customer, notice: string | undefined): Promise<Outcome>;
  endSession(request: Request, customer: Customer, sessionId: string): Promise<Outcome>;
  /** All but the visitor's. */
  endOtherSessions(request: Request, customer: Customer): Promise<Outcome>;
}

const CARDS = '/account/cards';
const SESSIONS = '/account/sessions';

export const makeAccountLists = (pages: Pages): AccountLists => ({
  showCards: async (request, { userId }, notice) => {
    const now = visited(pages, { ...request, path: CARDS });
    const [cards, visitor] = await Promise.all([now.shop.cards(userId), visitorOf(now)]);
    const page: CardsPage = {
      kind: 'cards',
      notice,
      cards: cards.map(({ cardId, brand, last4, month, year, isDefault }) => ({
        cardId,
        text: cardText(`${brand} •••• ${last4}`),
        expires: `${String(month).padStart(2, '0')}/${year}`,
        isDefault,
      })),
    };
    return framed(now, page, { visitor });
  },
  removeCard: async (request, { userId }, cardId) => {
    const removed = await visited(pages, request).shop.removeCard(userId, cardId);
    return see(`${CARDS}?notice=${removed.ok ? 'REMOVED' : removed.error.code}`);
  },
  showSessions: async (request, { userId }, notice) => {
    const now = visited(pages, { ...request, path: SESSIONS });
    const [sessions, visitor] = await Promise.all([now.shop.sessions(userId), visitorOf(now)]);
    const page: SessionsPage = {
      kind: 'sessions',
      notice,
      sessions: sessions.map(({ sessionId, device, lastUsedAt, isCurrent }) => ({
        sessionId,
        device: deviceName(device),
        lastUsed: now.format.moment(lastUsedAt),
        isCurrent,
      })),
    };
    return framed(now, page, { visitor });
  },
  endSession: async (request, { userId }, sessionId) => {
    const ended = await visited(pages, request).shop.endSession(userId, sessionId);
    return see(`${SESSIONS}?notice=${ended.ok ? 'SESSION_ENDED' : ended.error.code}`);
  },
  endOtherSessions: async (request, { userId }) => {
    const ended = await visited(pages, request).shop.endOtherSessions(userId);
    return see(`${SESSIONS}?notice=${ended.ok ? 'SESSION_ENDED' : ended.error.code}`);
  },
});
