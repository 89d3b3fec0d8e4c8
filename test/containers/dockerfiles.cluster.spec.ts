import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensurePython } from '#recommendation/main/environment.ts';
import { IMAGES } from '#scripts/containers/images.ts';
import { run } from '#scripts/engines/install/run.ts';
import { repository } from '#scripts/package/repository.ts';

let hadolint: string;
beforeAll(async () => {
  hadolint = (await ensurePython('containers'))('hadolint');
});

const lint = (file: string): Promise<string> => run(hadolint, [file], { cwd: repository().root });

it.each([...new Set(IMAGES.map(({ dockerfile }) => dockerfile))])(
  '%s follows the rules of hadolint',
  async (file) => {
    expect(await lint(file)).toBe('');
  },
);

it('hadolint refuses an image whose user is root', async () => {
  await expect(lint(join('test/containers/canaries/root.Dockerfile'))).rejects.toThrow('DL3002');
});
