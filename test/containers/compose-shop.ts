import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { importSample } from '#all-in-one/main/sample.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { ensurePython } from '#recommendation/main/environment.ts';
import { SERVICES } from '#scripts/containers/images.ts';
import { openPodman, type Podman } from '#scripts/containers/podman.ts';
import { run } from '#scripts/engines/install/run.ts';
import { repository } from '#scripts/package/repository.ts';
import { atFileEnd, temporaryFolder } from '../kit/cleanup.ts';
import { lookUntil } from '../kit/conditions.ts';
import { startComposeEngines, type ComposeEngine } from './compose-engines.ts';
import { forward } from './forwarder.ts';

const { root } = repository();

const NAME = 'shop-test';
const SUBNET = '10.89.77';
/** This machine, as the containers see it. */
const HOST = `${SUBNET}.1`;

const PACE = { everyMs: 500 };

/** What is different where the engines run on this machine instead of in containers. */
const differences = (engines: readonly ComposeEngine[]): string => {
  const elsewhere = { extra_hosts: engines.map(({ name }) => `${name}:${HOST}`) };
  const withoutPassword = { environment: { MONGODB_URL: 'mongodb://mongo:27017' } }; // FerretDB has none
  const services = Object.fromEntries(SERVICES.map((name): [string, object] => [name, elsewhere]));
  for (const name of ['catalog', 'review']) services[name] = { ...elsewhere, ...withoutPassword };
  const network = { ipam: { config: [{ subnet: `${SUBNET}.0/24`, gateway: HOST }] } };
  return stringify({ services, networks: { default: network } });
};

/** Runs commands of podman-compose on compose.yaml. Their output goes to a file: containers would keep a pipe open. */
const openCompose = async (
  podman: Podman,
  folder: string,
  env: Readonly<Record<string, string>>,
  more: string,
) => {
  const [log, file] = [join(folder, 'log'), join(folder, 'differences.yaml')];
  await writeFile(file, more);
  const program = (await ensurePython('containers'))('podman-compose');
  const files = ['-f', join(root, 'compose.yaml'), '-f', file];
  const options = ['--podman-path', podman.program, '-p', NAME, ...files, '--profile', 'all'];
  const logged = '"$@" >>"$LOG" 2>&1 </dev/null || { tail -n 50 "$LOG"; exit 1; }';
  return (...args: readonly string[]): Promise<string> =>
    run('sh', ['-c', logged, 'sh', program, ...options, ...args], { cwd: root, env: { ...env, LOG: log } });
};

export interface ComposeShop {
  readonly url: string;
  readonly password: string;
}

/** The shop of compose.yaml in containers, on engines of this machine; it ends with the file. Resolves when the gateway is ready. */
export const startComposeShop = async (): Promise<ComposeShop> => {
  const password = randomBytes(12).toString('hex');
  const engines = await startComposeEngines(password);
  const podman = await openPodman();
  const port = await freePort();
  const env = {
    SHOP_PASSWORD: password,
    USER_SECRETS_KEY: `first:${randomBytes(32).toString('base64')}`,
    SHOP_PORT: String(port),
    PAYMENT_PORT: String(await freePort()),
  };
  const compose = await openCompose(podman, temporaryFolder(), env, differences(engines));
  const up = (...names: readonly string[]): Promise<string> =>
    compose('up', '-d', '--no-build', '--no-deps', ...names);
  await compose('down', '-v'); // in case an earlier run was killed
  atFileEnd(() => compose('down', '-v'));

  await up('keys', 'admin-portal'); // the network is there with its first container
  await podman('wait', `${NAME}_keys_1`);
  for (const { port: wanted, url } of engines) {
    const server = await forward(HOST, wanted, Number(new URL(url).port));
    atFileEnd(() => server.close());
  }
  await up(...SERVICES);
  const url = `http://localhost:${port}`;
  await lookUntil(() => isReady(url), Boolean, PACE);
  return { url, password };
};

/** With all services. */
const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    async (answer) => z.object({ status: z.string() }).parse(await answer.json()).status === 'ready',
    () => false,
  );

const Login = z.object({ access_token: z.string() });
const Found = z.object({ total: z.int() });

/** Imports the sample catalogue as the first account of staff; resolves when it can be found. */
export const fill = async ({ url, password }: ComposeShop): Promise<void> => {
  const logIn = (): Promise<Response | undefined> =>
    fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'admin@example.com', password }),
    }).catch(() => undefined);
  const login = await lookUntil(logIn, (answer) => answer?.ok === true, PACE);
  const { access_token: token } = Login.parse(await login?.json());
  const find = async (): Promise<number> => {
    const page = await fetch(`${url}/api/v1/search?q=headphones&in_stock=true`);
    return page.ok ? Found.parse(await page.json()).total : 0;
  };
  const mark = join(temporaryFolder(), 'importing');
  const settled = async (): Promise<void> => void (await lookUntil(find, (total) => total > 0, PACE));
  await importSample({ catalog: url, search: url, token, mark, settled });
};
