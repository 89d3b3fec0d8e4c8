import type { DemoPart } from './demo.ts';

/** For development; shown on the front page by `embedded` and `memory` only. */
export const DEMO_ACCOUNTS = [
  { email: 'shopper@example.com', password: 'demo-shopper-1', first_name: 'Sam', last_name: 'Shopper', roles: ['customer'] },
  { email: 'admin@example.com', password: 'demo-admin-1', first_name: 'Ada', last_name: 'Admin', roles: ['admin'] },
  { email: 'catalog@example.com', password: 'demo-catalog-1', first_name: 'Cora', last_name: 'Catalog', roles: ['catalog_manager'] },
  { email: 'orders@example.com', password: 'demo-orders-1', first_name: 'Otto', last_name: 'Orders', roles: ['order_manager'] },
  { email: 'stock@example.com', password: 'demo-stock-1', first_name: 'Ines', last_name: 'Stock', roles: ['inventory_manager'] },
  { email: 'reviews@example.com', password: 'demo-reviews-1', first_name: 'Rita', last_name: 'Reviews', roles: ['moderator'] },
  { email: 'operator@example.com', password: 'demo-operator-1', first_name: 'Olli', last_name: 'Operator', roles: ['operator'] },
] as const; // prettier-ignore

const ACCOUNTS = JSON.stringify(DEMO_ACCOUNTS);

/** Settings for quick demos, with the enabled parts; the environment takes precedence. */
export const demoSettings = (demo: readonly DemoPart[]): Readonly<Record<string, string>> => ({
  ...(demo.includes('accounts') ? { USER_ACCOUNTS: ACCOUNTS, USER_STAFF_SECOND_FACTOR: 'optional' } : {}),
  NOTIFICATION_MAILBOX: String(demo.includes('mailbox')),
  PAYMENT_MOCK_GATEWAY_PORT: '8090',
  SHIPPING_DISPATCH_DELAY_MS: '2000',
  SHIPPING_MOCK_SPEED: '86400',
});

/** The accounts to show: none if the environment configures its own. */
export const shownAccounts = (
  env: Readonly<Record<string, string | undefined>>,
): typeof DEMO_ACCOUNTS | readonly [] => (env['USER_ACCOUNTS'] === ACCOUNTS ? DEMO_ACCOUNTS : []);

/**
 * Throws if a demo account, whose password is public, can log in: a store that was filled on loopback still has them.
 * @param user address of the user service
 */
export const refuseDemoAccounts = async (user: string): Promise<void> => {
  for (const { email, password } of DEMO_ACCOUNTS) {
    const { ok } = await fetch(`${user}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (ok)
      throw new Error(
        `The store has demo accounts, whose passwords are known to all (${email}). Start with --fresh, with another ` +
          'DATA_DIR or DATABASE_URL, or with DEMO=accounts if they are wanted.',
      );
  }
};
