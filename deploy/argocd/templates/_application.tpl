{{/*
An application: root, name, project, wave, namespace, source; ignoreDifferences.
It follows its own definition, which `root` brings: so `root` decides when, and in which order.
*/}}
{{- define "application" -}}
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ .name }}
  namespace: argocd
  labels: { shop/project: {{ .project }} }
  annotations: { argocd.argoproj.io/sync-wave: {{ .wave | quote }} }
spec:
  project: {{ .root.Values.environment }}-{{ .project }}
  destination: { server: 'https://kubernetes.default.svc', namespace: {{ .namespace }} }
  source: {{- .source | toYaml | nindent 4 }}
  syncPolicy:
    # What others no longer define may still be in use.
    automated: { prune: {{ ne .project "platform" }}, selfHeal: {{ .root.Values.automated }} }
    # Definitions are too large for an annotation.
    syncOptions: [ServerSideApply=true]
    retry: { limit: 5, backoff: { duration: 10s, factor: 2, maxDuration: 3m } }
  {{- with .ignoreDifferences }}
  ignoreDifferences: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* A chart of ours, at the commit that runs: root, path, the way from there to ../../helm, and values of its own. */}}
{{- define "chart" -}}
{{- with .root.Values }}
repoURL: {{ .repository }}
targetRevision: {{ .global.version | quote }}
path: {{ $.path }}
helm:
  releaseName: {{ base $.path }}
  valueFiles:
    - {{ $.up }}/shop/values.yaml
    - {{ $.up }}/environments/{{ .environment }}.yaml
    - {{ $.up }}/environments/platform/{{ .environment }}.json
  valuesObject: { global: { version: {{ .global.version | quote }}, images: { digests: {{ $.digests | toJson }} } } }
{{- end }}
{{- end -}}
