import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureFolder } from '../../engines/install/folder.ts';
import { downloadGoModule, ensureGoProgram } from '../../engines/install/go.ts';
import { CACHE } from '../tools.ts';
import { writeCrdSchemas, writeKubernetesSchemas } from './schemas.ts';

const HELM = { module: 'helm.sh/helm/v3', version: 'v3.22.0', path: './cmd/helm' };
const KUBECONFORM = { module: 'github.com/yannh/kubeconform', version: 'v0.8.0', path: './cmd/kubeconform' };
const KUBERNETES = {
  module: 'k8s.io/kubernetes',
  version: 'v1.37.2',
  files: 'api/openapi-spec/swagger.json',
};

/** Modules with the definitions of other resources that the charts and Argo CD have. */
export const CRDS = [
  { module: 'istio.io/api', version: 'v1.32.0', files: 'kubernetes/customresourcedefinitions.gen.yaml' },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    files: 'example/prometheus-operator-crd/*_{servicemonitors,prometheusrules}.yaml',
  },
  { module: 'github.com/argoproj/argo-cd/v3', version: 'v3.5.7', files: 'manifests/crds/*-crd.yaml' },
];

export interface ChartTools {
  readonly helm: string;
  readonly kubeconform: string;
  /** The folder of schemas. */
  readonly schemas: string;
}

/** Builds the programs and makes the schemas, once, in `.cache/`. */
export const ensureChartTools = async (): Promise<ChartTools> => {
  await mkdir(CACHE, { recursive: true });
  const helm = join(CACHE, `helm-${HELM.version}`);
  const kubeconform = join(CACHE, `kubeconform-${KUBECONFORM.version}`);
  await ensureGoProgram(helm, HELM);
  await ensureGoProgram(kubeconform, KUBECONFORM);
  const sources = createHash('sha256')
    .update(JSON.stringify([KUBERNETES, CRDS]))
    .digest('hex');
  const schemas = join(CACHE, `schemas-${sources.slice(0, 12)}`);
  await ensureFolder(schemas, async (aside) => {
    await writeKubernetesSchemas(aside, join(await downloadGoModule(aside, KUBERNETES), KUBERNETES.files));
    for (const crd of CRDS) await writeCrdSchemas(aside, join(await downloadGoModule(aside, crd), crd.files));
  });
  return { helm: join(helm, 'program'), kubeconform: join(kubeconform, 'program'), schemas };
};
