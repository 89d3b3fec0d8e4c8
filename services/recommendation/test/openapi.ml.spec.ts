import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '#scripts/lib/python-models.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { startRecommendation } from '#test/kit/recommendation.ts';
import { ensurePython } from '../main/environment.ts';

const EXAMPLES = '60';
/** A valid request may be refused: of another user, or without the product that its list needs. */
const REFUSALS = `checks.positive_data_acceptance.expected-statuses = [200, 204, 401, 403, 422]\n`;
const USER = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f32';

describe('what the service answers is what its OpenAPI file says', () => {
  let service: Awaited<ReturnType<typeof startRecommendation>>;
  beforeAll(async () => {
    service = await startRecommendation();
  });

  /** Sends what the document allows and what it forbids; resolves to what is wrong. */
  const fuzz = async (operation: string, token?: string): Promise<string> => {
    const program = await ensurePython('dev');
    const folder = temporaryFolder();
    const [file, config] = [join(folder, 'openapi.json'), join(folder, 'schemathesis.toml')];
    writeFileSync(file, JSON.stringify(bundle()));
    writeFileSync(config, REFUSALS);
    const args = [
      '--config-file',
      config,
      'run',
      file,
      '--url',
      service.url,
      '--include-operation-id',
      operation,
      '--no-color',
    ];
    const limits = ['--seed', '1', '--max-examples', EXAMPLES, '--phases', 'examples,coverage,fuzzing'];
    const auth = token === undefined ? [] : ['--header', `Authorization: Bearer ${token}`];
    const child = spawn(program('st'), [...args, ...limits, ...auth], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    return code === 0 ? '' : output;
  };

  it('to guests', async () => {
    expect(await fuzz('getRecommendations')).toBe('');
  });

  it('to users', async () => {
    expect(await fuzz('getRecommendations', await service.toolbox.tokenOf(USER, 'customer'))).toBe('');
  });

  it('to the gateway', async () => {
    expect(await fuzz('takeEvents', await service.toolbox.serviceToken('gateway', 'events:write'))).toBe('');
  });
});
