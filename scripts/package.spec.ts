import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MODULES } from '#all-in-one/main/modules.ts';
import { ownFilesOf } from './package/own-files.ts';
import { repository } from './package/repository.ts';
import { writePackage } from './package/write-package.ts';

const ALIASES = { '#kernel/*': './kernel/*' };
const DEPENDENCIES = new Set(['fonts', '@scope/data']);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shop-package-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('what a program is made of', () => {
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const found = (entry: string) => ownFilesOf(folder, entry, ALIASES, DEPENDENCIES);

  it('are the modules that it imports, at once or later, by path or by alias, but not for types alone', () => {
    write({
      'a.ts': `
        import './b.ts';
        import type { T } from './types.ts';
        export type { T } from './types.ts';
        export { d } from '#kernel/d.ts';
        const later = () => import('./e.ts');
        const of: import('./types.ts').T = 1;`,
      'b.ts': `import './a.ts';`,
      'kernel/d.ts': `import { type T } from '#kernel/side-effect.ts';`,
      'kernel/side-effect.ts': '',
      'e.ts': '',
      'types.ts': '',
    });
    expect(found('a.ts').modules).toEqual(['a.ts', 'b.ts', 'e.ts', 'kernel/d.ts', 'kernel/side-effect.ts']);
  });

  it('are the files that modules name beside them, with those that they refer to, and the threads that they start', () => {
    write({
      'a/a.ts': `
        new URL('../texts/', import.meta.url);
        new URL('thread.ts', import.meta.url);
        new URL('api.yaml', import.meta.url);
        new URL('absent.txt', import.meta.url);
        new URL('/path', 'https://shop.example');`,
      'a/thread.ts': `new URL('data.json', import.meta.url);`,
      'a/data.json': '{}',
      'a/api.yaml': "schema: { $ref: '../common.yaml#/a' }\n$ref: ../common.yaml#/b\nown: { $ref: '#/c' }",
      'common.yaml': '',
      'texts/one.txt': '',
    });
    expect(found('a/a.ts')).toMatchObject({
      modules: ['a/a.ts', 'a/thread.ts'],
      assets: ['a/api.yaml', 'a/data.json', 'common.yaml', 'texts'],
    });
  });

  it('are packages, also those in which it resolves a file', () => {
    write({
      'a.ts': `
        import 'node:fs';
        import express from 'express';
        import '@scope/name/part.js';
        import './b.ts';
        const text = '@scope/data';`,
      'b.ts': `
        import { createRequire } from 'node:module';
        createRequire(import.meta.url).resolve('@scope/data/list.txt');
        createRequire(import.meta.url).resolve(\`fonts/\${1}.ttf\`);`,
    });
    expect(found('a.ts').packages).toEqual(['@scope/data', '@scope/name', 'express', 'fonts']);
  });

  it('are no tests, scripts or tools, for any service of the shop', () => {
    const { root, aliases, dependencies } = repository();
    for (const { name } of MODULES) {
      const entry = `services/${name}/main/server.ts`;
      const { modules, packages } = ownFilesOf(root, entry, aliases, new Set(Object.keys(dependencies)));
      expect(modules).toContain(`services/${name}/main/module.ts`);
      expect(modules.filter((file) => /(^|\/)(test|scripts)\/|\.spec\.ts$/.test(file))).toEqual([]);
      expect(packages.filter((one) => dependencies[one] === undefined)).toEqual([]);
    }
  });
});

describe('the package of a service', () => {
  it('starts where there is nothing else', () => {
    const out = join(folder, 'cart');
    const { packages } = writePackage(repository(), 'cart', out);
    const run = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(out, 'services/cart/main/server.ts'), ...args],
        {
          cwd: folder,
          env: {},
          encoding: 'utf8',
        },
      );
      return { status, text: stdout + stderr };
    };
    expect(run()).toEqual({
      status: 1,
      text: expect.stringMatching(/^configuration: SERVICE_KEY_FILE/) as unknown,
    });
    expect(run('migrate')).toEqual({ status: 0, text: 'cart is up to date\n' }); // Redis has no schema

    expect(packages.map(({ name }) => name)).toContain('ioredis');
    expect(existsSync(join(out, 'node_modules/vitest'))).toBe(false);
    expect(existsSync(join(out, 'services/order'))).toBe(false);
    expect(existsSync(join(out, 'openapi/common.yaml'))).toBe(true);
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.map$|node_modules.*\.[cm]?ts$/.test(file))).toEqual([]);
    expect(readFileSync(join(out, 'VERSION'), 'utf8')).toMatch(/^\d+\.\d+\.\d+ \S+\n$/);
    expect(readFileSync(join(out, 'LICENSES.md'), 'utf8')).toContain('| ioredis |');
    const bill = z
      .object({ bomFormat: z.literal('CycloneDX'), components: z.array(z.object({ name: z.string() })) })
      .parse(JSON.parse(readFileSync(join(out, 'sbom.cdx.json'), 'utf8')));
    expect(bill.components.map(({ name }) => name)).toEqual(
      expect.arrayContaining(packages.map(({ name }) => name)),
    );
  });
});
