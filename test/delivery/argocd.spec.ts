import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CHARTS } from '#scripts/charts/values.ts';
import { CRDS } from '#scripts/infra/charts/tools.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

const Values = z.object({
  repository: z.string(),
  platform: z.array(
    z.object({ name: z.string(), wave: z.int(), source: z.object({ targetRevision: z.string() }) }),
  ),
  services: z.object({ wave: z.int(), names: z.array(z.string()) }),
  namespace: z.object({ wave: z.int() }),
});
const values = Values.parse(parse(read('deploy/argocd/values.yaml')));

/** The version of what Argo CD installs, and that of its schemas in the checks. */
const versions = (application: string, module: string): readonly (string | undefined)[] => [
  values.platform.find(({ name }) => name === application)?.source.targetRevision,
  CRDS.find((crd) => crd.module === module)?.version,
];

describe('Argo CD', () => {
  it('has an application for each chart of a service', () => {
    expect(values.services.names).toEqual(CHARTS);
  });

  it('brings services after all that they need, and the default of the namespace last', () => {
    expect(Math.max(...values.platform.map(({ wave }) => wave))).toBeLessThan(values.services.wave);
    expect(values.services.wave).toBeLessThan(values.namespace.wave);
  });

  it.each([
    ['istio-crds', 'istio.io/api'],
    ['prometheus-crds', 'github.com/prometheus-operator/prometheus-operator'],
  ])('installs %s in the version that the charts are checked with', (application, module) => {
    const [installed, checked] = versions(application, module);
    expect(installed).toBe(checked);
    expect(installed).toBeDefined();
  });

  it('is itself of the version that its applications are checked with', () => {
    const [, checked] = versions('', 'github.com/argoproj/argo-cd/v3');
    expect(read('deploy/argocd/install/kustomization.yaml')).toContain(`?ref=${checked}`);
  });

  it('takes charts from the repository whose workflows may push images', () => {
    const [, repository] = /repository = "(.+)"/.exec(read('terraform/shared/terraform.tfvars')) ?? [];
    expect(values.repository).toBe(`https://github.com/${repository}.git`);
  });
});
