import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Tally } from '../lib/steps.ts';
import { check, failureOf, mustReport } from './check.ts';
import type { Tools } from './tools.ts';
import type { Workspace } from './workspace.ts';

const BUCKET = 'shop-terraform-state-111122223333';

/** moto on a free port, which it tells. */
const SERVER = `
import logging
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
print(server.port, flush=True)
server.serve_forever()
`;

/** Runs a job with the address of an S3 that is empty. */
const withS3 = async <T>(python: string, job: (address: string) => Promise<T>): Promise<T> => {
  const server = spawn(python, ['-c', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'close');
  try {
    const [port] = (await once(createInterface(server.stdout), 'line', {
      signal: AbortSignal.timeout(60_000),
    })) as [string];
    return await job(`http://127.0.0.1:${port}`);
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
};

/** The answer to an unsigned request, which moto takes. */
const ask = async (url: string, init: RequestInit = {}): Promise<string> => {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status}`);
  return response.text();
};

/**
 * Applies an environment with its state in S3, as its backend is configured: the state gets to its key, a lock of another engineer stops
 * a plan, and there is nothing to do after an apply.
 */
export const checkBackend = ({ python }: Tools, work: Workspace): Promise<Tally> =>
  check('dev: applied with its state in S3, under a lock', () =>
    withS3(python, async (address) => {
      const bucket = `${address}/${BUCKET}`;
      await ask(bucket, { method: 'PUT' });
      const terraform = work.with({
        AWS_ENDPOINT_URL_S3: address,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      });
      // What is not of S3 is not asked: this machine has no account.
      await writeFile(
        join(work.folder, 'terraform/backend_override.tf'),
        `terraform {
  backend "s3" {
    encrypt                     = true
    use_lockfile                = true
    use_path_style              = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
    skip_metadata_api_check     = true
  }
}
`,
      );
      const settings = '-var-file=environments/dev/terraform.tfvars';
      await terraform('terraform', 'init', '-reconfigure', '-backend-config=environments/dev/backend.hcl');
      await terraform('terraform', 'apply', '-auto-approve', settings);
      mustReport(await ask(bucket), '<Key>dev.tfstate</Key>');

      mustReport(await terraform('terraform', 'plan', settings), 'No changes');

      const holder = {
        ID: '1',
        Operation: 'OperationTypeApply',
        Who: 'another@engineer',
        Created: '2026-01-01T00:00:00Z',
      };
      await ask(`${bucket}/dev.tfstate.tflock`, { method: 'PUT', body: JSON.stringify(holder) });
      mustReport(
        await failureOf(() => terraform('terraform', 'plan', settings)),
        'Error acquiring the state lock',
        'another@engineer',
      );
    }),
  );
