/** What every environment of Argo CD has to be, beyond its schemas. */
import { ofKind, waveOf, type Application, type Resource } from './manifests.ts';

/** What the rules compare with. */
export interface Expected {
  /** The charts of services. */
  readonly charts: readonly string[];
  /** Whether commits are applied at once. */
  readonly isAutomated: boolean;
  /** By project, the kinds that its charts have, such as `apps/Deployment`. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
}

const ROOT = 'root';

/** The order in which parts have to be there. */
const ORDER = [
  ['cert-manager-crds', 'istio-crds', 'prometheus-crds'],
  ['cert-manager', 'istio-cni', 'istiod'],
  ['cass-operator'],
];

/** A project of ours may have what its charts have, and nothing else. */
const kindTroubles = (resources: readonly Resource[], kinds: Expected['kinds']): readonly string[] =>
  [...kinds].flatMap(([project, needed]) => {
    const spec = ofKind(resources, 'AppProject').find(({ metadata }) =>
      metadata.name.endsWith(`-${project}`),
    )?.spec;
    const allowed = new Set(
      spec?.namespaceResourceWhitelist.map(({ group, kind }) => (group === '' ? kind : `${group}/${kind}`)),
    );
    return [
      ...(spec?.clusterResourceWhitelist.length === 0 ? [] : [`${project} may change the cluster`]),
      ...[...allowed]
        .filter((kind) => !needed.has(kind))
        .map((kind) => `${project} may have a ${kind}, and has none`),
      ...[...needed].filter((kind) => !allowed.has(kind)).map((kind) => `${project} may not have a ${kind}`),
    ];
  });

const projectTroubles = (resources: readonly Resource[], kinds: Expected['kinds']): readonly string[] => {
  const projects = ofKind(resources, 'AppProject');
  const namespaces = ofKind(resources, 'Namespace').map(({ metadata }) => metadata.name);
  const ofApplications = ofKind(resources, 'Application').flatMap(({ metadata: { name }, spec }) => {
    const project = projects.find(({ metadata }) => metadata.name === spec.project)?.spec;
    if (!project) return [`${name} has no project ${spec.project}`];
    const { namespace } = spec.destination;
    return [
      ...(project.sourceRepos.includes(spec.source.repoURL)
        ? []
        : [`${name} may not come from ${spec.source.repoURL}`]),
      ...(project.destinations.some((one) => one.namespace === namespace)
        ? []
        : [`${name} may not go to ${namespace}`]),
      ...(name === ROOT || namespaces.includes(namespace)
        ? []
        : [`${name} goes to ${namespace}, which is not there`]),
    ];
  });
  const ofProjects = projects.flatMap(({ metadata: { name }, spec }) =>
    [...spec.sourceRepos, ...spec.destinations.map(({ namespace }) => namespace)]
      .filter((one) => one.includes('*'))
      .map((one) => `${name} is not limited: ${one}`),
  );
  return [...ofApplications, ...ofProjects, ...kindTroubles(resources, kinds)];
};

const waveTroubles = (resources: readonly Resource[], charts: readonly string[]): readonly string[] => {
  const applications = ofKind(resources, 'Application');
  const first = ['Namespace', 'AppProject'].flatMap((kind) => resources.filter((one) => one.kind === kind));
  const groups = [...ORDER, [...charts, 'observability'], ['namespace']];
  const find = (name: string): readonly Application[] =>
    applications.filter(({ metadata }) => metadata.name === name);
  const waves = groups.map((names) => names.flatMap(find).map(waveOf));
  const expected = new Set([ROOT, ...groups.flat()]);
  return [
    ...first.filter((one) => waveOf(one) !== 0).map(({ metadata }) => `${metadata.name} is not in wave 0`),
    ...groups
      .flat()
      .filter((name) => find(name).length !== 1)
      .map((name) => `there is no ${name}, or more than one`),
    ...applications
      .filter(({ metadata }) => !expected.has(metadata.name))
      .map(({ metadata }) => `${metadata.name} is nowhere in the order`),
    ...waves.flatMap((wave, at) => {
      const before = Math.max(0, ...waves.slice(0, at).flat());
      return wave.some((one) => one <= before) ? [`${groups[at]?.join()} is not after what it needs`] : [];
    }),
  ];
};

const syncTroubles = (resources: readonly Resource[], isAutomated: boolean): readonly string[] =>
  ofKind(resources, 'Application').flatMap(({ metadata: { name }, spec }) => {
    const { automated } = spec.syncPolicy;
    if (name === ROOT)
      return (automated?.selfHeal ?? false) === isAutomated && (automated !== undefined) === isAutomated
        ? []
        : [isAutomated ? 'root is not automated' : 'root is automated'];
    return [
      ...(automated?.selfHeal === isAutomated ? [] : [`${name} heals itself, or does not`]),
      // Else it would change without root.
      ...(/^(HEAD|main|master|latest|.*[*^~<>].*)$/.test(spec.source.targetRevision)
        ? [`${name} has no fixed version`]
        : []),
    ];
  });

/** What is wrong with the root of an environment. */
export const rootTroubles = (
  resources: readonly Resource[],
  { charts, isAutomated, kinds }: Expected,
): readonly string[] => [
  ...projectTroubles(resources, kinds),
  ...waveTroubles(resources, charts),
  ...syncTroubles(resources, isAutomated),
];
