import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '#all-in-one/main/settings.ts';
import { openShop, type Shop } from '#all-in-one/main/shop.ts';
import { openTestFleet } from '#test/kit/fleet.ts';
import { copyPgliteTemplate } from '#adapters/postgres/pglite-template.ts';
import { PATIENT, QUICK } from '#test/kit/settings.ts';
import { Shopper } from '#test/kit/shopper.ts';
import { startedWithin } from '#test/kit/within.ts';

type Profile = 'memory' | 'embedded' | 'distributed';

const OF_RUN: Readonly<Record<string, Profile>> = { pg: 'embedded', fleets: 'distributed' };

/** In memory, or with SHOP_TEST=pg on PGlite, and with SHOP_TEST=fleets one process per service on real engines. */
export const PROFILE: Profile = OF_RUN[process.env['SHOP_TEST'] ?? ''] ?? 'memory';

export interface TestShop {
  readonly shop: Pick<Shop, 'url' | 'adminUrl' | 'tokensUrl'>;
  /** Its services by name, where they are in this process. */
  readonly services: Shop['services'];
  readonly logFile: string;
  /** A visitor without an account. */
  guest(): Shopper;
  /** A new shopper with an account. */
  shopper(): Promise<Shopper>;
  /** A member of staff. */
  staff(email: string, password: string): Promise<Shopper>;
  /** What waits for operators: parked events, stuck tasks. */
  troubles(): Promise<readonly { readonly dead: readonly unknown[]; readonly stuck: readonly unknown[] }[]>;
  close(): Promise<void>;
}

let count = 0;

const opened = new Set<TestShop>();

/** Closes those that did start; call it in `afterAll`, or `afterEach`, of a file that opens any. */
export const closeTestShops = async (): Promise<void> => {
  for (const shop of opened) await shop.close();
};

/**
 * The whole shop on a folder of its own, with the sample catalogue, answers checked. A start that takes too
 * long fails with the end of its log.
 */
export const openTestShop = async (env: Readonly<Record<string, string>> = {}): Promise<TestShop> => {
  const one = await openOne(env);
  const shop = {
    ...one,
    close: async () => {
      opened.delete(shop);
      await one.close();
    },
  };
  opened.add(shop);
  return shop;
};

const openOne = async (env: Readonly<Record<string, string>>): Promise<TestShop> => {
  const settings = { ...QUICK, ...PATIENT, ...env };
  if (PROFILE !== 'distributed') return openInProcess(PROFILE, settings);
  const { fleet, logFile, stop } = await openTestFleet({ ...settings, SHOP_VALIDATE_RESPONSES: 'true' });
  const troubles = () => fleet.operations.troubles();
  return { shop: fleet, services: new Map(), logFile, troubles, close: stop, ...peopleAt(fleet) };
};

const peopleAt = ({ url, tokensUrl }: TestShop['shop']): Pick<TestShop, 'guest' | 'shopper' | 'staff'> => ({
  guest: () => new Shopper(url, tokensUrl),
  shopper: async () => {
    const shopper = new Shopper(url, tokensUrl);
    count += 1;
    await shopper.register(`shopper-${count}@example.com`, `a-long-password-${count}`);
    return shopper;
  },
  staff: async (email, password) => {
    const member = new Shopper(url, tokensUrl);
    await member.logIn(email, password);
    return member;
  },
});

const openInProcess = async (
  profile: 'memory' | 'embedded',
  env: Readonly<Record<string, string>>,
): Promise<TestShop> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-acceptance-'));
  const logFile = join(dataDir, 'shop.log');
  if (profile === 'embedded') await copyPgliteTemplate(join(dataDir, 'db'));
  const settings = readSettings(['--profile', profile, '--port', '0'], {
    LOG_LEVEL: 'warn',
    SHOP_VALIDATE_RESPONSES: 'true',
    ...env,
    DATA_DIR: dataDir,
  });
  const opening = openShop(settings, env);
  const shop = await startedWithin(opening, { logFile, onLate: (late) => late.stop() });
  const admin = JSON.parse(readFileSync(join(dataDir, 'admin.json'), 'utf8')) as { url: string; key: string };
  return {
    shop,
    services: shop.services,
    logFile,
    ...peopleAt(shop),
    troubles: async () => {
      const response = await fetch(`${admin.url}/troubles`, { headers: { 'x-admin-key': admin.key } });
      return (await response.json()) as never;
    },
    close: async () => {
      await shop.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
