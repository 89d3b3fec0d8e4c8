import type { DemoPart } from './demo.ts';

/** For trying out; shown on the front page by `embedded` and `memory` only. */
export const DEMO_ACCOUNTS = [
  { email: 'shopper@example.com', password: 'demo-shopper-1', first_name: 'Sam', last_name: 'Shopper', roles: ['customer'] },
  { email: 'admin@example.com', password: 'demo-admin-1', first_name: 'Ada', last_name: 'Admin', roles: ['admin'] },
  { email: 'catalog@example.com', password: 'demo-catalog-1', first_name: 'Cora', last_name: 'Catalog', roles: ['catalog_manager'] },
  { email: 'orders@example.com', password: 'demo-orders-1', first_name: 'Otto', last_name: 'Orders', roles: ['order_manager'] },
  { email: 'stock@example.com', password: 'demo-stock-1', first_name: 'Ines', last_name: 'Stock', roles: ['inventory_manager'] },
] as const; // prettier-ignore

const ACCOUNTS = JSON.stringify(DEMO_ACCOUNTS);

/** Settings that make a trial quick, with the parts that are there; whatever the environment says wins. */
export const demoSettings = (demo: readonly DemoPart[]): Readonly<Record<string, string>> => ({
  ...(demo.includes('accounts') ? { USER_ACCOUNTS: ACCOUNTS } : {}),
  NOTIFICATION_MAILBOX: String(demo.includes('mailbox')),
  PAYMENT_MOCK_GATEWAY_PORT: '8090',
  SHIPPING_DISPATCH_DELAY_MS: '2000',
  SHIPPING_MOCK_SPEED: '86400',
});

/** The accounts that may be shown: none where the environment has its own. */
export const shownAccounts = (
  env: Readonly<Record<string, string | undefined>>,
): typeof DEMO_ACCOUNTS | readonly [] => (env['USER_ACCOUNTS'] === ACCOUNTS ? DEMO_ACCOUNTS : []);

/**
 * Throws when a demo account, whose password is published, can log in: a store that was filled on loopback still has them.
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
