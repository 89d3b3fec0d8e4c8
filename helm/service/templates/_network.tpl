{{/* The service's callers by the port at which they call it, as JSON: {"8080": ["cart", …]}. */}}
{{- define "service.callers" -}}
{{- $service := .Values.service -}}
{{- $byPort := dict -}}
{{- range $caller, $edge := $service.edges -}}
{{- range $edge.calls -}}
{{- if eq (splitList "." . | first) $.Chart.Name -}}
{{- $port := include "service.portOf" (dict "service" $service "callee" .) -}}
{{- $_ := set $byPort $port (append (get $byPort $port | default list) $caller) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $service.hasMetrics -}}
{{- $port := include "service.portOf" (dict "service" $service "callee" (printf "%s.metrics" .Chart.Name)) -}}
{{- $_ := set $byPort $port (append (get $byPort $port | default list) "prometheus") -}}
{{- end -}}
{{- $byPort | toJson -}}
{{- end -}}

{{/* The pods of a caller: another service, or one of `global.neighbours`, as a peer of a NetworkPolicy. */}}
{{- define "service.peer" -}}
{{- with get .root.Values.global.neighbours .name -}}
{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ .namespace }} } } }
{{- else -}}
{ podSelector: { matchLabels: { app.kubernetes.io/name: {{ .name }} } } }
{{- end -}}
{{- end -}}

{{- define "service.networkPolicy" -}}
{{- $edge := include "service.edge" . | fromJson -}}
{{- $service := .Values.service -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  podSelector: { matchLabels: { app.kubernetes.io/name: {{ .Chart.Name }} } }
  policyTypes: [Ingress, Egress]
  {{- $callers := include "service.callers" . | fromJson }}
  ingress: {{- if not $callers }} []{{ end }}
    {{- range $port, $names := $callers }}
    - ports: [{ port: {{ $port }}, protocol: TCP }]
      from:
        {{- range $names }}
        - {{ include "service.peer" (dict "root" $ "name" .) }}
        {{- end }}
    {{- end }}
  egress:
    {{- range $edge.calls }}
    - ports: [{ port: {{ include "service.portOf" (dict "service" $service "callee" .) }}, protocol: TCP }]
      to: [{ podSelector: { matchLabels: { app.kubernetes.io/name: {{ splitList "." . | first }} } } }]
    {{- end }}
    {{- range $edge.stores }}
    {{- $connection := include "service.connection" (dict "root" $ "store" .) | fromJson }}
    {{- $isManaged := get ($.Values.global.platform | default dict) (get $service.stores .).connection }}
    - ports: [{ port: {{ $connection.port }}, protocol: TCP }]
      {{- if $isManaged }}
      to: [{ ipBlock: { cidr: {{ $.Values.global.platform.network.cidr }} } }]
      {{- else }}
      to: [{{ include "service.peer" (dict "root" $ "name" "stores") }}]
      {{- end }}
    {{- end }}
    {{- range $name, $one := .Values.global.neighbours }}
    {{- if $one.ports }}
    - ports: {{ range $one.ports }}
        - { port: {{ .port }}, protocol: {{ .protocol | default "TCP" }} }
        {{- end }}
      to: [{{ include "service.peer" (dict "root" $ "name" $name) }}]
    {{- end }}
    {{- end }}
    {{- with $edge.internet }}
    - ports:
        {{- range . }}
        - { port: {{ . }}, protocol: TCP }
        {{- end }}
      to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16] } }]
    {{- end }}
{{- end -}}

{{/* The mesh's twin of the NetworkPolicy's ingress: by certificate of the caller, not by its address. */}}
{{- define "service.authorizationPolicy" -}}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  selector: { matchLabels: {{ include "service.selector" . | fromYaml | toJson }} }
  action: ALLOW
  {{- $callers := include "service.callers" . | fromJson }}
  rules: {{- if not $callers }} []{{ end }}
    {{- range $port, $names := $callers }}
    {{- range $names }}
    {{- $neighbour := get $.Values.global.neighbours . | default dict }}
    {{- $namespace := $neighbour.namespace | default $.Release.Namespace }}
    - from: [{ source: { principals: [cluster.local/ns/{{ $namespace }}/sa/{{ $neighbour.account | default . }}] } }]
      to: [{ operation: { ports: [{{ $port | quote }}]{{ if eq . "prometheus" }}, methods: [GET], paths: [/metrics]{{ end }} } }]
    {{- end }}
    {{- end }}
{{- end -}}
