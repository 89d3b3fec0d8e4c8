{{/* The service's entry in the list of edges; fails if there is none. */}}
{{- define "service.edge" -}}
{{- $name := .Chart.Name -}}
{{- if not (hasKey .Values.service.edges $name) -}}{{ fail (printf "%s is not in the list of edges" $name) }}{{- end -}}
{{- get .Values.service.edges $name | toJson -}}
{{- end -}}

{{- define "service.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/version: {{ .Values.global.version | quote }}
app.kubernetes.io/part-of: shop
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* Which pods are the service's, those of its migration not among them. */}}
{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/component: server
{{- end -}}

{{/* The port of a callee, such as `order` or `payment.grpc`. */}}
{{- define "service.portOf" -}}
{{- get .service.ports .callee | default .service.port -}}
{{- end -}}

{{- define "service.image" -}}
{{- with .Values.global.images -}}
{{- $digest := get (.digests | default dict) $.Chart.Name -}}
{{ .registry }}/{{ $.Chart.Name }}{{ if $digest }}@{{ $digest }}{{ else }}:{{ $.Values.global.version }}{{ end }}
{{- end -}}
{{- end -}}

{{- define "service.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "service.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}
