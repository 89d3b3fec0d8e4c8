import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const WAVE = 'argocd.argoproj.io/sync-wave';

const Metadata = z.object({
  name: z.string(),
  annotations: z.looseObject({ [WAVE]: z.string().default('0') }).default({ [WAVE]: '0' }),
});

const Kinds = z.array(z.object({ group: z.string(), kind: z.string() }));

const Application = z.object({
  kind: z.literal('Application'),
  metadata: Metadata,
  spec: z.object({
    project: z.string(),
    destination: z.object({ namespace: z.string() }),
    source: z.object({
      repoURL: z.string(),
      targetRevision: z.string(),
      path: z.string().optional(),
      chart: z.string().optional(),
      helm: z
        .object({ valueFiles: z.array(z.string()).default([]), valuesObject: z.json().default({}) })
        .default({ valueFiles: [], valuesObject: {} }),
    }),
    syncPolicy: z.object({ automated: z.object({ prune: z.boolean(), selfHeal: z.boolean() }).optional() }),
  }),
});

const Project = z.object({
  kind: z.literal('AppProject'),
  metadata: Metadata,
  spec: z.object({
    sourceRepos: z.array(z.string()),
    destinations: z.array(z.object({ namespace: z.string() })),
    clusterResourceWhitelist: Kinds,
    namespaceResourceWhitelist: Kinds,
  }),
});

const Namespace = z.object({ kind: z.literal('Namespace'), metadata: Metadata });

const Resource = z.discriminatedUnion('kind', [Application, Project, Namespace]);

export type Application = z.infer<typeof Application>;
export type Resource = z.infer<typeof Resource>;

/** What the root of an environment consists of, from what Helm renders. */
export const readRoot = (text: string): readonly Resource[] =>
  parseAllDocuments(text)
    .map((document) => z.unknown().parse(document.toJS()))
    .filter((resource) => resource !== null)
    .map((resource) => Resource.parse(resource));

/** Those of a kind. */
export const ofKind = <Kind extends Resource['kind']>(
  resources: readonly Resource[],
  kind: Kind,
): readonly Extract<Resource, { kind: Kind }>[] =>
  resources.filter((one): one is Extract<Resource, { kind: Kind }> => one.kind === kind);

export const waveOf = ({ metadata }: Resource): number => Number(metadata.annotations[WAVE]);
