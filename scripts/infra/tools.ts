import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ensurePython } from '#recommendation/main/environment.ts';
import { onPath } from '../engines/install/debian.ts';
import { ensureGoProgram, ensureOwnGoProgram } from '../engines/install/go.ts';
import { run } from '../engines/install/run.ts';

const HERE = fileURLToPath(new URL('./', import.meta.url));
export const CACHE = fileURLToPath(new URL('../../.cache/infra/', import.meta.url));

const CONFTEST = { module: 'github.com/open-policy-agent/conftest', version: 'v0.71.1', path: '.' };

/** The newest feature used is write-only arguments, which keep passwords out of the state. */
const TERRAFORM = { major: 1, minor: 11 };

/** A provider: its version, and that of the bindings on npm that were generated from its schema. */
const PROVIDERS = [
  { name: 'aws', version: '6.25.0', bindings: '21.22.1' },
  { name: 'random', version: '3.7.2', bindings: '12.0.1' },
  { name: 'vault', version: '5.6.0', bindings: '15.6.1' },
];

export interface Tools {
  readonly terraform: string;
  readonly conftest: string;
  readonly checkov: string;
  /** Python with moto. */
  readonly python: string;
  readonly providers: readonly Provider[];
}

export interface Provider {
  readonly name: string;
  readonly version: string;
  /** The program that is used in its place. */
  readonly program: string;
  /** Its schema, as `terraform providers schema -json` has it. */
  readonly schema: string;
}

const Version = z.object({ terraform_version: z.string() });

/** Terraform can't be built from the module proxy, which lacks its backends, and no registry of ours has its program. */
const findTerraform = async (): Promise<string> => {
  const terraform = onPath('terraform');
  const needed = `Terraform ${TERRAFORM.major}.${TERRAFORM.minor} or newer is needed`;
  if (terraform === undefined) throw new Error(`${needed}: no terraform on the PATH`);
  const { terraform_version: version } = Version.parse(
    JSON.parse(await run(terraform, ['version', '-json'], { env: { CHECKPOINT_DISABLE: '1' } })),
  );
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < TERRAFORM.major || (major === TERRAFORM.major && minor < TERRAFORM.minor);
  if (isOld) throw new Error(`${needed}: ${terraform} is ${version}`);
  return terraform;
};

/** Changes with any of the files. */
const hashOf = async (...files: readonly string[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
};

/** The provider that has any schema. */
const ensureStandIn = (): Promise<string> => ensureOwnGoProgram(CACHE, 'stand-in', join(HERE, 'stand-in'));

/**
 * The schema of a provider, from its bindings on npm. They are no packages of this project: those of AWS are 390 MB, of which a schema
 * of 8 MB is kept.
 */
const ensureSchema = async ({ name, bindings }: (typeof PROVIDERS)[number]): Promise<string> => {
  const writer = join(HERE, 'provider-schema.ts');
  const hash = await hashOf(writer, join(HERE, 'cdktf.ts'), join(HERE, 'supplement.ts'));
  const file = join(CACHE, `${name}-${bindings}-${hash}.json`);
  if (existsSync(file)) return file;
  const folder = join(CACHE, `bindings-${name}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  // The bindings are only read, so what they would run on is left out.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--loglevel=error'];
  await run('npm', ['install', ...options, `@cdktf/provider-${name}@${bindings}`], { cwd: folder });
  const made = join(folder, 'schema.json');
  await run(process.execPath, [writer, join(folder, `node_modules/@cdktf/provider-${name}`), made]);
  await rename(made, file);
  await rm(folder, { recursive: true });
  return file;
};

/** Finds the programs, or installs them into `.cache/`; throws with what is missing and can't be installed. */
export const ensureTools = async (): Promise<Tools> => {
  await mkdir(CACHE, { recursive: true });
  const terraform = await findTerraform();
  const conftest = join(CACHE, `conftest-${CONFTEST.version}`);
  const building = ensureGoProgram(conftest, CONFTEST).then(ensureStandIn);
  building.catch(() => undefined); // awaited below
  const python = await ensurePython('infra');
  const schemas = new Map<string, string>();
  for (const provider of PROVIDERS) schemas.set(provider.name, await ensureSchema(provider));
  const program = await building;
  return {
    terraform,
    conftest: join(conftest, 'program'),
    checkov: python('checkov'),
    python: python('python'),
    providers: PROVIDERS.map(({ name, version }) => ({
      name,
      version,
      program,
      schema: schemas.get(name) ?? '',
    })),
  };
};

const Schema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The schema without the resources that `text` does not name, so that Terraform need not read 1,500 others at each start. */
const onlyNamedIn = (text: string, schema: z.infer<typeof Schema>): z.infer<typeof Schema> =>
  Object.fromEntries(
    Object.entries(schema).map(([part, all]) => [
      part,
      part.endsWith('_schemas')
        ? Object.fromEntries(Object.entries(all).filter(([name]) => text.includes(name)))
        : all,
    ]),
  );

/**
 * Makes a mirror from which Terraform takes its providers, and the file of settings that names it.
 * @param text the configurations that will be used
 */
export const writeMirror = async (
  folder: string,
  providers: readonly Provider[],
  text: string,
): Promise<string> => {
  await rm(folder, { recursive: true, force: true });
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  for (const { name, version, program, schema } of providers) {
    const place = join(
      folder,
      'registry.terraform.io/hashicorp',
      name,
      version,
      `${process.platform}_${arch}`,
    );
    await mkdir(place, { recursive: true });
    await cp(program, join(place, `terraform-provider-${name}_v${version}`));
    const whole = Schema.parse(JSON.parse(await readFile(schema, 'utf8')));
    await writeFile(join(place, 'schema.json'), JSON.stringify(onlyNamedIn(text, whole)));
  }
  const settings = join(folder, 'terraform.rc');
  await writeFile(
    settings,
    `provider_installation {\n  filesystem_mirror {\n    path = "${folder}"\n  }\n}\n`,
  );
  return settings;
};
