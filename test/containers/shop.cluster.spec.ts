import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { importSample } from '#all-in-one/main/sample.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { ensurePython } from '#recommendation/main/environment.ts';
import { SERVICES } from '#scripts/containers/images.ts';
import { openPodman } from '#scripts/containers/podman.ts';
import { run } from '#scripts/engines/install/run.ts';
import { repository } from '#scripts/package/repository.ts';
import { atFileEnd, temporaryFolder } from '../kit/cleanup.ts';
import { until } from '../kit/conditions.ts';
import { startComposeEngines } from './compose-engines.ts';
import { forward } from './forwarder.ts';

const { root } = repository();
const NAME = 'shop-test';
const SUBNET = '10.89.77';
/** This machine, as containers see it. */
const HOST = `${SUBNET}.1`;

let url: string;
beforeAll(async () => {
  const password = randomBytes(12).toString('hex');
  const engines = await startComposeEngines(password);
  const folder = temporaryFolder();
  const here = join(folder, 'here.yaml');
  const elsewhere = {
    extra_hosts: engines.map(({ name }) => `${name}:${HOST}`),
  };
  const open = { environment: { MONGODB_URL: 'mongodb://mongo:27017' } }; // FerretDB checks no passwords
  const services = SERVICES.map((name) => [
    name,
    { ...elsewhere, ...(['catalog', 'review'].includes(name) ? open : {}) },
  ]);
  await writeFile(
    here,
    stringify({
      services: Object.fromEntries(services) as unknown,
      networks: { default: { ipam: { config: [{ subnet: `${SUBNET}.0/24`, gateway: HOST }] } } },
    }),
  );
  const podman = await openPodman();
  const podmanCompose = (await ensurePython('containers'))('podman-compose');
  const port = await freePort();
  const env = {
    SHOP_PASSWORD: password,
    USER_SECRETS_KEY: `first:${randomBytes(32).toString('base64')}`,
    SHOP_PORT: String(port),
    PAYMENT_PORT: String(await freePort()),
  };
  const files = ['-f', join(root, 'compose.yaml'), '-f', here];
  /** Its output goes to a file: containers would keep a pipe open. */
  const compose = (...args: readonly string[]): Promise<string> =>
    run(
      'sh',
      [
        '-c',
        '"$@" >>"$LOG" 2>&1 </dev/null || { tail -n 50 "$LOG"; exit 1; }',
        'sh',
        podmanCompose,
        '--podman-path',
        podman.program,
        '-p',
        NAME,
        ...files,
        '--profile',
        'all',
        ...args,
      ],
      { cwd: root, env: { ...env, LOG: join(folder, 'log') } },
    );
  const up = (...names: readonly string[]): Promise<string> =>
    compose('up', '-d', '--no-build', '--no-deps', ...names);

  await compose('down', '-v');
  atFileEnd(() => compose('down', '-v', '-t', '15'));
  await up('keys', 'admin-portal');
  await podman('wait', `${NAME}_keys_1`);
  for (const { port: to, url: address } of engines) {
    const server = await forward(HOST, to, Number(new URL(address).port));
    atFileEnd(() => server.close());
  }
  await up(...SERVICES);
  url = `http://localhost:${port}`;
  await until(() => fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false)); // prettier-ignore
  const { access_token: token } = z.object({ access_token: z.string() }).parse(
    await until(async () => {
      const answer = await fetch(`${url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'admin@example.com', password }),
      }).catch(() => undefined);
      return answer?.ok === true && (await answer.json());
    }),
  );
  const found = z.object({ total: z.int() });
  await importSample({
    catalog: url,
    search: url,
    token,
    mark: join(folder, 'importing'),
    settled: () =>
      until(async () => {
        const page = await fetch(`${url}/api/v1/search?q=headphones&in_stock=true`);
        return page.ok && found.parse(await page.json()).total > 0;
      }).then(() => undefined),
  });
}, 900_000);

it('the demo passes on the shop of compose.yaml', async () => {
  const said = await run(process.execPath, ['--disable-warning=ExperimentalWarning', 'test/demo/demo.ts'], {
    cwd: root,
    env: { SHOP_URL: url },
  });
  expect(said).toContain(`Using the shop at ${url}`);
  expect(said).not.toContain('✗');
});
