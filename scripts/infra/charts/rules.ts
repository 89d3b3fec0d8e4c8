/** What every environment's manifests have to be, beyond their schemas. */
import { calls, portOf, variablesOf } from '../../charts/values.ts';
import { ofKind, variablesIn, type Manifest, type Pod } from './manifests.ts';

/** The namespace of others, and their account, by their name in the list of edges; Prometheus asks for metrics only. */
const OTHERS: Readonly<Record<string, string>> = { 'ingress-nginx': 'ingress', observability: 'prometheus' };
const METRICS = 'prometheus';

const PROBES = {
  startupProbe: '/health/live',
  readinessProbe: '/health/ready',
  livenessProbe: '/health/live',
} as const;

/** What a Deployment has beside it, by its name. */
const COMPANIONS = [
  'ServiceAccount',
  'ConfigMap',
  'Service',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'NetworkPolicy',
] as const;

const podTroubles = ({ spec }: Pod, accounts: ReadonlySet<string>): readonly string[] => {
  const found: [boolean, string][] = [
    [spec.securityContext.runAsNonRoot === true, 'may run as root'],
    [spec.securityContext.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile'],
    [accounts.has(spec.serviceAccountName), `has no account ${spec.serviceAccountName}`],
  ];
  for (const { image, resources, securityContext } of spec.containers)
    found.push(
      [securityContext.readOnlyRootFilesystem === true, 'may write to its root file system'],
      [securityContext.allowPrivilegeEscalation === false, 'may gain privileges'],
      [securityContext.capabilities?.drop.includes('ALL') === true, 'has capabilities'],
      [resources.limits?.memory !== undefined, 'has no limit of memory'],
      [/@sha256:|:(?!latest$)[\w.-]+$/.test(image), `has an image without a version: ${image}`],
    );
  return found.filter(([isRight]) => !isRight).map(([, trouble]) => trouble);
};

const deploymentTroubles = (manifests: readonly Manifest[]): readonly string[] =>
  ofKind(manifests, 'Deployment').flatMap(({ metadata: { name }, spec: { template } }) => {
    const { containers, terminationGracePeriodSeconds, topologySpreadConstraints } = template.spec;
    const has = (kind: Manifest['kind']): boolean =>
      ofKind(manifests, kind).some(({ metadata }) => metadata.name === name);
    const settings = ofKind(manifests, 'ConfigMap').find(({ metadata }) => metadata.name === name);
    const { annotations } = template.metadata;
    const isOfVault = 'vault.hashicorp.com/role' in annotations;
    const drainMs = Number(settings?.data['SHUTDOWN_DRAIN_MS']);
    const unprobed = containers.flatMap((container) =>
      Object.entries(PROBES)
        .filter(([probe, path]) => container[probe as keyof typeof PROBES]?.httpGet.path !== path)
        .map(([probe]) => `has no ${probe}`),
    );
    return [
      ...unprobed,
      ...COMPANIONS.filter((kind) => !has(kind)).map((kind) => `has no ${kind}`),
      ...(terminationGracePeriodSeconds * 1_000 > drainMs ? [] : ['is killed while it drains']),
      ...(topologySpreadConstraints.some(({ topologyKey }) => topologyKey === 'topology.kubernetes.io/zone')
        ? []
        : ['may have all pods in one zone']),
      ...(!isOfVault || annotations['vault.hashicorp.com/agent-cache-enable'] === 'true'
        ? []
        : ['starts with logins that nobody renews']),
    ].map((trouble) => `${name} ${trouble}`);
  });

const edge = (caller: string, callee: string, port: number | string): string =>
  `${caller} → ${callee}:${port}`;

/** Edges that policies allow, on the side of the callee, of the caller, and in the mesh. */
const allowed = (manifests: readonly Manifest[]) => {
  const ingress = new Set<string>();
  const egress = new Set<string>();
  const mesh = new Set<string>();
  for (const { metadata, spec } of ofKind(manifests, 'NetworkPolicy')) {
    for (const { ports, from } of spec.ingress)
      for (const { port } of ports)
        for (const { podSelector, namespaceSelector } of from) {
          const namespace = namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] ?? '';
          const caller = podSelector?.matchLabels['app.kubernetes.io/name'] ?? OTHERS[namespace] ?? 'anyone';
          ingress.add(edge(caller, metadata.name, port));
        }
    for (const { ports, to } of spec.egress)
      for (const { port } of ports)
        for (const { podSelector } of to) {
          const callee = podSelector?.matchLabels['app.kubernetes.io/name'];
          if (callee !== undefined) egress.add(edge(metadata.name, callee, port));
        }
  }
  for (const { metadata, spec } of ofKind(manifests, 'AuthorizationPolicy'))
    for (const { from, to } of spec.rules)
      for (const principal of from.flatMap(({ source }) => source.principals))
        for (const port of to.flatMap(({ operation }) => operation.ports)) {
          const account = principal.split('/').at(-1) ?? '';
          mesh.add(edge(OTHERS[account] ?? account, metadata.name, port));
        }
  return { ingress, egress, mesh };
};

const edgeTroubles = (manifests: readonly Manifest[]): readonly string[] => {
  const expected = new Set(
    [...calls].flatMap(([caller, callees]) =>
      callees.map((callee) => edge(caller, callee.split('.')[0] ?? '', portOf(callee))),
    ),
  );
  return Object.entries(allowed(manifests)).flatMap(([side, edges]) => [
    ...[...edges]
      .filter((one) => !expected.has(one) && !one.startsWith(METRICS))
      .map((one) => `${side}: ${one} is not in the list of edges`),
    ...[...expected]
      .filter((one) => !edges.has(one) && !(side === 'egress' && one.startsWith('ingress')))
      .map((one) => `${side}: ${one} is not allowed`),
  ]);
};

/** By the variables that the specs hold against the services. */
const variableTroubles = (manifests: readonly Manifest[]): readonly string[] =>
  ofKind(manifests, 'Deployment').flatMap(({ metadata: { name } }) => {
    const found = variablesIn(manifests, name);
    const checked = Object.keys(variablesOf(name));
    return [
      ...found
        .filter((one) => !checked.includes(one))
        .map((one) => `${name} has ${one}, which no spec checks`),
      ...checked.filter((one) => !found.includes(one)).map((one) => `${name} lacks ${one}`),
    ];
  });

/** What is wrong with the manifests of an environment. */
export const manifestTroubles = (manifests: readonly Manifest[]): readonly string[] => {
  const accounts = new Set(ofKind(manifests, 'ServiceAccount').map(({ metadata }) => metadata.name));
  const pods = [...ofKind(manifests, 'Deployment'), ...ofKind(manifests, 'Job')];
  const isDenied = ofKind(manifests, 'NetworkPolicy').some(
    ({ spec }) =>
      Object.keys(spec.podSelector).length === 0 && spec.ingress.length + spec.egress.length === 0,
  );
  return [
    ...(isDenied ? [] : ['nothing is denied by default']),
    ...pods.flatMap(({ metadata, spec }) =>
      podTroubles(spec.template, accounts).map((trouble) => `${metadata.name} ${trouble}`),
    ),
    ...deploymentTroubles(manifests),
    ...edgeTroubles(manifests),
    ...variableTroubles(manifests),
  ];
};
