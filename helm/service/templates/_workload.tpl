{{/* Starts a program with the variables that Vault Agent wrote, where there are any. */}}
{{- define "service.command" -}}
{{- if (include "service.edge" .root | fromJson).calls -}}
command: [sh, -c, 'set -a; . /vault/secrets/environment; exec "$@"', sh]
args: {{ .args | toJson }}
{{- else -}}
command: {{ .args | toJson }}
{{- end -}}
{{- end -}}

{{- define "service.deployment" -}}
{{- $service := .Values.service -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  # No `replicas`: the autoscaler's.
  revisionHistoryLimit: 5
  selector:
    matchLabels: {{- include "service.selector" . | nindent 6 }}
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  template:
    metadata:
      labels:
        {{- include "service.selector" . | nindent 8 }}
        {{- include "service.labels" . | replace (printf "app.kubernetes.io/name: %s\n" .Chart.Name) "" | nindent 8 }}
      annotations:
        shop/settings: {{ include "service.env" . | sha256sum }}
        {{- if (include "service.edge" . | fromJson).calls }}
        {{- include "service.vault" (dict "root" . "role" .Chart.Name "isJob" false) | nindent 8 }}
        # Vault Agent starts before the proxy of the mesh, and has its own TLS.
        traffic.sidecar.istio.io/excludeOutboundPorts: '8200'
        {{- end }}
    spec:
      serviceAccountName: {{ .Chart.Name }}
      # For Vault.
      automountServiceAccountToken: {{ hasKey (include "service.edge" . | fromJson) "calls" }}
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ add $service.drainSeconds $service.finishSeconds }}
      securityContext: {{- include "service.podSecurityContext" . | nindent 8 }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: { matchLabels: {{ include "service.selector" . | fromYaml | toJson }} }
          matchLabelKeys: [pod-template-hash]
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: { matchLabels: {{ include "service.selector" . | fromYaml | toJson }} }
          matchLabelKeys: [pod-template-hash]
      containers:
        - name: server
          image: {{ include "service.image" . }}
          imagePullPolicy: IfNotPresent
          {{- include "service.command" (dict "root" . "args" $service.args) | nindent 10 }}
          envFrom: [{ configMapRef: { name: {{ .Chart.Name }} } }]
          ports:
            - { name: http, containerPort: {{ $service.port }} }
            {{- range $name, $port := $service.ports }}
            {{- if hasPrefix (printf "%s." $.Chart.Name) $name }}
            - { name: {{ splitList "." $name | last }}, containerPort: {{ $port }} }
            {{- end }}
            {{- end }}
          # A first start makes topics and reads keys; after a minute something is wrong.
          startupProbe: { httpGet: { path: /health/live, port: http }, periodSeconds: 2, failureThreshold: 30, timeoutSeconds: 4 }
          readinessProbe: { httpGet: { path: /health/ready, port: http }, periodSeconds: 5, failureThreshold: 3, timeoutSeconds: 4 }
          livenessProbe: { httpGet: { path: /health/live, port: http }, periodSeconds: 10, failureThreshold: 6, timeoutSeconds: 4 }
          # No limit of CPU: it would throttle starts.
          resources:
            requests: { cpu: {{ $service.resources.cpu }}, memory: {{ $service.resources.memory }} }
            limits: { memory: {{ $service.resources.memory }} }
          securityContext: {{- include "service.securityContext" . | nindent 12 }}
          volumeMounts:
            - { name: tmp, mountPath: /tmp }
            {{- if $service.data }}
            - { name: data, mountPath: /data }
            {{- end }}
      volumes:
        - { name: tmp, emptyDir: { sizeLimit: 64Mi } }
        {{- with $service.data }}
        - {{ merge (dict "name" "data") . | toJson }}
        {{- end }}
{{- end -}}

{{/* Brings the database to the newest schema before the pods of the new version start: of its store, `.store`, alone. */}}
{{- define "service.migration" -}}
{{- $account := printf "%s-migration" .root.Chart.Name -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $account }}
  labels: {{- include "service.labels" .root | nindent 4 }}
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: '-1'
    helm.sh/hook-delete-policy: before-hook-creation
automountServiceAccountToken: false
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $account }}
  labels: {{- include "service.labels" .root | nindent 4 }}
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 2
  activeDeadlineSeconds: 900
  template:
    metadata:
      labels:
        app.kubernetes.io/component: migration
        {{- include "service.labels" .root | nindent 8 }}
        # It only reaches its store, which is outside the mesh.
        sidecar.istio.io/inject: 'false'
      annotations:
        {{- include "service.vault" (dict "root" .root "role" $account "isJob" true "only" .store) | nindent 8 }}
    spec:
      serviceAccountName: {{ $account }}
      automountServiceAccountToken: true
      enableServiceLinks: false
      restartPolicy: Never
      securityContext: {{- include "service.podSecurityContext" .root | nindent 8 }}
      containers:
        - name: migration
          image: {{ include "service.image" .root }}
          imagePullPolicy: IfNotPresent
          {{- include "service.command" (dict "root" .root "args" (append .root.Values.service.args "migrate")) | nindent 10 }}
          env: [{ name: NODE_EXTRA_CA_CERTS, value: /vault/secrets/authorities.pem }]
          resources:
            requests: { cpu: 100m, memory: 256Mi }
            limits: { memory: 256Mi }
          securityContext: {{- include "service.securityContext" .root | nindent 12 }}
          volumeMounts: [{ name: tmp, mountPath: /tmp }]
      volumes: [{ name: tmp, emptyDir: { sizeLimit: 64Mi } }]
{{- end -}}
