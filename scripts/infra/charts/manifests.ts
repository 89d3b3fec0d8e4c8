import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const Probe = z.object({ httpGet: z.object({ path: z.string() }) });

const Pod = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    serviceAccountName: z.string(),
    terminationGracePeriodSeconds: z.int().default(30),
    securityContext: z.object({
      runAsNonRoot: z.boolean().optional(),
      seccompProfile: z.object({ type: z.string() }).optional(),
    }),
    topologySpreadConstraints: z.array(z.object({ topologyKey: z.string() })).default([]),
    containers: z.array(
      z.object({
        image: z.string(),
        startupProbe: Probe.optional(),
        readinessProbe: Probe.optional(),
        livenessProbe: Probe.optional(),
        resources: z.object({ limits: z.object({ memory: z.string().optional() }).optional() }),
        securityContext: z.object({
          allowPrivilegeEscalation: z.boolean().optional(),
          readOnlyRootFilesystem: z.boolean().optional(),
          capabilities: z.object({ drop: z.array(z.string()) }).optional(),
        }),
      }),
    ),
  }),
});

export type Pod = z.infer<typeof Pod>;

const Metadata = z.looseObject({ name: z.string() });
const of = <Name extends string, Shape extends z.ZodRawShape>(kind: Name, shape: Shape) =>
  z.object({ kind: z.literal(kind), metadata: Metadata, ...shape });

const Ports = z.array(z.object({ port: z.int() }));
const Peer = z.object({
  podSelector: z.object({ matchLabels: z.record(z.string(), z.string()) }).optional(),
  namespaceSelector: z.object({ matchLabels: z.record(z.string(), z.string()) }).optional(),
});

const KINDS = [
  of('Deployment', { spec: z.object({ template: Pod }) }),
  of('Job', { spec: z.object({ template: Pod }) }),
  of('ConfigMap', { data: z.record(z.string(), z.string()) }),
  of('NetworkPolicy', {
    spec: z.object({
      podSelector: z.looseObject({}),
      ingress: z.array(z.object({ ports: Ports, from: z.array(Peer) })).default([]),
      egress: z.array(z.object({ ports: Ports, to: z.array(Peer) })).default([]),
    }),
  }),
  of('AuthorizationPolicy', {
    spec: z.object({
      rules: z
        .array(
          z.object({
            from: z.array(z.object({ source: z.object({ principals: z.array(z.string()) }) })),
            to: z.array(z.object({ operation: z.object({ ports: z.array(z.string()) }) })),
          }),
        )
        .default([]),
    }),
  }),
  of('HorizontalPodAutoscaler', {}),
  of('PodDisruptionBudget', {}),
  of('Ingress', {}),
  of('PeerAuthentication', {}),
  of('Service', {}),
  of('ServiceAccount', {}),
  of('ServiceMonitor', {}),
] as const;

const Manifest = z.discriminatedUnion('kind', [...KINDS]);

export type Manifest = z.infer<typeof Manifest>;

/** The resources in what Helm renders, as far as they are looked at. */
export const readManifests = (text: string): readonly Manifest[] =>
  parseAllDocuments(text)
    .map((document) => z.unknown().parse(document.toJS()))
    .filter((resource) => resource !== null)
    .map((resource) => Manifest.parse(resource));

/** Those of a kind. */
export const ofKind = <Kind extends Manifest['kind']>(
  manifests: readonly Manifest[],
  kind: Kind,
): readonly Extract<Manifest, { kind: Kind }>[] =>
  manifests.filter((one): one is Extract<Manifest, { kind: Kind }> => one.kind === kind);

/** The variables of a pod: of its ConfigMap, and in the template of its file with secrets. */
export const variablesIn = (manifests: readonly Manifest[], service: string): readonly string[] => {
  const settings = ofKind(manifests, 'ConfigMap').find(({ metadata }) => metadata.name === service);
  const deployment = ofKind(manifests, 'Deployment').find(({ metadata }) => metadata.name === service);
  const template =
    deployment?.spec.template.metadata.annotations['vault.hashicorp.com/agent-inject-template-environment'];
  const secrets = [...(template ?? '').matchAll(/^(\w+)='/gm)].map(([, name = '']) => name);
  return [...Object.keys(settings?.data ?? {}), ...secrets].sort();
};
