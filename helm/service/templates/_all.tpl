{{/* Everything of a service; its chart consists of this. */}}
{{- define "service.all" -}}
{{- $edge := include "service.edge" . | fromJson -}}
{{- $service := .Values.service -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
data: {{- include "service.env" . | nindent 2 }}
---
{{ include "service.deployment" . }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  selector: {{- include "service.selector" . | nindent 4 }}
  ports:
    - { name: http, port: {{ $service.port }}, targetPort: http }
    {{- range $name, $port := $service.ports }}
    {{- if hasPrefix (printf "%s." $.Chart.Name) $name }}
    {{- $short := splitList "." $name | last }}
    - { name: {{ ternary "grpc" (printf "http-%s" $short) (eq $short "grpc") }}, port: {{ $port }}, targetPort: {{ $short }} }
    {{- end }}
    {{- end }}
---
{{- with merge (pick (.Values.global.scaling | default dict) "min" "max") $service.scaling }}
{{- if gt (int .min) (int .max) }}{{ fail (printf "%s: scaling.min is %v, more than scaling.max, %v" $.Chart.Name .min .max) }}{{ end }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $.Chart.Name }}
  labels: {{- include "service.labels" $ | nindent 4 }}
  annotations:
    shop/reason: {{ .reason | quote }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ $.Chart.Name }} }
  minReplicas: {{ .min }}
  maxReplicas: {{ .max }}
  metrics:
    - type: ContainerResource
      containerResource: { name: cpu, container: server, target: { type: Utilization, averageUtilization: {{ .cpu }} } }
  behavior:
    # Up at once, down slowly: each pod that comes or goes rebalances the consumers.
    scaleUp: { policies: [{ type: Percent, value: 100, periodSeconds: 30 }] }
    scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: Pods, value: 1, periodSeconds: 60 }] }
{{- end }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  # Pods that are not ready may go: they would block a node that has to be emptied.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: { matchLabels: {{ include "service.selector" . | fromYaml | toJson }} }
---
{{ include "service.networkPolicy" . }}
{{- if .Values.global.mesh }}
---
{{ include "service.authorizationPolicy" . }}
{{- end }}
{{- if $service.hasMetrics }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  selector: { matchLabels: { app.kubernetes.io/name: {{ .Chart.Name }} } }
  # Services name themselves in the label `service`, which the operator would otherwise replace.
  endpoints: [{ port: {{ ternary "http-metrics" "http" (hasKey $service.ports (printf "%s.metrics" .Chart.Name)) }}, path: /metrics, interval: 15s, scrapeTimeout: 10s, honorLabels: true }]
{{- end }}
{{- range $edge.stores }}
{{- if has . (list "postgres" "mongo") }}
---
{{ include "service.migration" (dict "root" $ "store" .) }}
{{- end }}
{{- end }}
{{- end -}}
