import { beforeEach, describe, expect, it } from 'vitest';
import { cpSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { check } from 'prettier';
import { parse } from 'yaml';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { lintOpenApi } from './lib/openapi-lint.ts';
import { isTaken, serviceFiles, writeService } from './lib/service-files.ts';
import { serviceName, type ServiceName } from './lib/service-name.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const named = (text: string): ServiceName => {
  const name = serviceName(text);
  if (!name) throw new Error(`${text} can name no service`);
  return name;
};
const GIFT_CARD = named('gift-card');

describe('the name of a service', () => {
  it('is spelled for each place', () => {
    expect(GIFT_CARD).toEqual({
      kebab: 'gift-card',
      camel: 'giftCard',
      Pascal: 'GiftCard',
      snake: 'gift_card',
      Title: 'Gift card',
    });
  });

  it.each([
    '',
    'Gift',
    'gift_card',
    '-gift',
    'gift-',
    'gift--card',
    '1st',
    '../gift',
    'class',
    'table',
    'pg-x',
  ])('cannot be %j', (text) => {
    expect(serviceName(text)).toBeUndefined();
  });
});

describe('the files of a new service', () => {
  it('are complete', async () => {
    expect([...(await serviceFiles(GIFT_CARD)).keys()].sort()).toEqual([
      'openapi/gift-card.yaml',
      'services/gift-card/README.md',
      'services/gift-card/adapters/http/errors.ts',
      'services/gift-card/adapters/http/handlers.ts',
      'services/gift-card/adapters/memory/memory-items.ts',
      'services/gift-card/adapters/postgres/fixtures/0001-items.sql',
      'services/gift-card/adapters/postgres/items.postgres.ts',
      'services/gift-card/adapters/postgres/migrations.ts',
      'services/gift-card/core/application/create-item.ts',
      'services/gift-card/core/domain/item.spec.ts',
      'services/gift-card/core/domain/item.ts',
      'services/gift-card/core/ports/gift-card-tx.ts',
      'services/gift-card/core/ports/item-queries.ts',
      'services/gift-card/main/compose.ts',
      'services/gift-card/main/module.ts',
      'services/gift-card/test/api.spec.ts',
      'services/gift-card/test/items.contract.spec.ts',
      'services/gift-card/test/upgrade.contract.spec.ts',
    ]);
  });

  it.each(['a', 'gift-card', 'a-name-much-longer-than-most-others'])(
    'contain no placeholder, can be parsed, and are formatted for %s',
    async (text) => {
      for (const [file, content] of await serviceFiles(named(text))) {
        expect(`${file} ${content}`).not.toMatch(/__\w+__/);
        if (file.endsWith('.ts')) expect(stripTypeScriptTypes(content)).not.toBe('');
        if (file.endsWith('.yaml')) expect(parse(content)).toMatchObject({ openapi: '3.1.0' });
        const style = { singleQuote: true, printWidth: 110, filepath: file };
        if (!/[.](md|sql)$/.test(file)) expect([file, await check(content, style)]).toEqual([file, true]);
      }
    },
  );

  it('import only existing files', async () => {
    const files = await serviceFiles(GIFT_CARD);
    const own = new Set([...files.keys()]);
    const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const missing: string[] = [];
    for (const [file, content] of files) {
      for (const [, target = ''] of content.matchAll(/from '([#.][^']+)'/g)) {
        if (target === '#openapi/generated/gift-card.ts') continue;
        const [, alias = '', rest = ''] = /^(#[\w-]+\/)(.+)$/.exec(target) ?? [];
        const found = alias
          ? join(ROOT, String(imports[`${alias}*`]).replace('*', rest))
          : join(ROOT, file, '..', target);
        const path = found.slice(ROOT.length);
        if (!own.has(path) && !isFile(found)) missing.push(`${file}: ${target}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

const isFile = (path: string): boolean => {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
};

describe('a new service', () => {
  let project: string;
  beforeEach(() => {
    project = temporaryFolder();
    cpSync(join(ROOT, 'package.json'), join(project, 'package.json'));
  });

  it('is written into the project, which can import it and is otherwise unchanged', async () => {
    const before = readFileSync(join(project, 'package.json'), 'utf8');
    const files = await writeService(project, GIFT_CARD);
    for (const [file, text] of await serviceFiles(GIFT_CARD))
      expect(readFileSync(join(project, file), 'utf8')).toBe(text);
    expect(files).toHaveLength(18);
    const line = ',\n    "#gift-card/*": "./services/gift-card/*"';
    const after = readFileSync(join(project, 'package.json'), 'utf8');
    expect(after).toContain(line);
    expect(after.replace(line, '')).toBe(before);
  });

  it('follows the rules of the OpenAPI files', async () => {
    await writeService(project, GIFT_CARD);
    cpSync(join(ROOT, 'openapi/common.yaml'), join(project, 'openapi/common.yaml'));
    expect(await lintOpenApi(pathToFileURL(join(project, 'openapi/gift-card.yaml')))).toEqual([]);
  });

  it('cannot have a name that is in use', async () => {
    expect(await isTaken(project, GIFT_CARD)).toBe(false);
    await writeService(project, GIFT_CARD);
    expect(await isTaken(project, GIFT_CARD)).toBe(true);
    expect(await isTaken(ROOT, named('common'))).toBe(true);
    expect(await isTaken(project, named('kernel'))).toBe(true);
  });
});
