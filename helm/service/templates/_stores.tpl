{{/*
The connection of a store as JSON: Terraform's, or that of a store in the cluster. A kind has one for all services, or one for each; caches
of Terraform are shared by those that have none of their own.
*/}}
{{- define "service.connection" -}}
{{- $global := .root.Values.global -}}
{{- $store := get .root.Values.service.stores .store -}}
{{- $all := get ($global.platform | default dict) $store.connection | default (get ($global.stores | default dict) $store.connection) -}}
{{- if not $all -}}{{ fail (printf "%s: no connection to %s, neither in global.platform nor in global.stores" .root.Chart.Name $store.connection) }}{{- end -}}
{{- $own := get $all .root.Chart.Name | default (get $all "gateway") | default $all -}}
{{- $connection := merge (dict) $own (dict "port" $store.port "database" .root.Chart.Name) -}}
{{- with $own.url }}{{ $_ := set $connection "host" (urlParse .).host }}{{ end -}}
{{- $connection | toJson -}}
{{- end -}}

{{/* Fills in <name> in a text by the fields of a connection; fails if there is no such field. */}}
{{- define "service.filled" -}}
{{- $text := .text -}}
{{- range $name, $value := .fields -}}
{{- if not (kindIs "slice" $value) -}}{{- if kindIs "float64" $value }}{{ $value = int64 $value }}{{ end -}}
{{- $text = replace (printf "<%s>" $name) (toString $value) $text -}}
{{- end -}}{{- end -}}
{{- if regexMatch "<[a-z_]+>" $text -}}{{ fail (printf "%s: no value for it" $text) }}{{- end -}}
{{- $text -}}
{{- end -}}

{{/* Variables without secrets, as YAML. */}}
{{- define "service.env" -}}
{{- $env := dict -}}
{{- $edge := include "service.edge" . | fromJson -}}
{{- $service := .Values.service -}}
{{- if $edge.calls -}}
{{- range $name, $text := $service.common -}}
{{- $_ := set $env $name (include "service.filled" (dict "text" $text "fields" (dict "shop" $.Values.global.host))) -}}
{{- end -}}
{{- if $service.hasKey }}{{ $_ := set $env "SERVICE_KEY_FILE" "/vault/secrets/key.json" }}{{ end -}}
{{- $_ := set $env "NODE_EXTRA_CA_CERTS" "/vault/secrets/authorities.pem" -}}
{{- with .Values.global.tracesTo -}}{{ $_ := set $env "OTEL_EXPORTER_OTLP_ENDPOINT" . }}{{- end -}}
{{- end -}}
{{- $_ := set $env "SHUTDOWN_DRAIN_MS" (mul $service.drainSeconds 1000 | toString) -}}
{{- range $edge.calls -}}
{{- $callee := . -}}
{{- $variable := printf "%s_URL" (upper $callee | replace "." "_" | replace "-" "_") -}}
{{- $scheme := ternary "" "http://" (hasSuffix ".grpc" $callee) -}}
{{- $port := include "service.portOf" (dict "service" $service "callee" $callee) -}}
{{- $_ := set $env $variable (printf "%s%s:%s" $scheme (splitList "." $callee | first) $port) -}}
{{- end -}}
{{- range $edge.stores -}}
{{- $store := get $service.stores . -}}
{{- if not $store -}}{{ fail (printf "%s: there is no store %s" $.Chart.Name .) }}{{- end -}}
{{- $connection := include "service.connection" (dict "root" $ "store" .) | fromJson -}}
{{- range $name, $text := $store.env -}}
{{- $_ := set $env $name (include "service.filled" (dict "text" $text "fields" $connection)) -}}
{{- end -}}
{{- end -}}
{{- range $name, $text := $service.env -}}
{{- $_ := set $env $name (tpl $text $) -}}
{{- end -}}
{{- $env | toYaml -}}
{{- end -}}

{{/* The file with the text of a variable. */}}
{{- define "service.fileOf" -}}
{{- lower . | replace "_" "-" -}}
{{- end -}}

{{/*
The annotations for Vault Agent: it writes the service's keys, a file with the variables that have secrets, by which the container
starts, and files that the service reads again while it runs. `role` is the account: the service's, or that of its migration, which may change the schema.
*/}}
{{- define "service.vault" -}}
{{- $edge := include "service.edge" .root | fromJson -}}
{{- $service := .root.Values.service -}}
{{- $name := .root.Chart.Name -}}
{{- $only := .only -}}
{{- $texts := dict -}}
{{- $role := .role -}}
vault.hashicorp.com/agent-inject: 'true'
vault.hashicorp.com/agent-pre-populate-only: {{ .isJob | quote }}
{{- if not .isJob }}
# The sidecar goes on with the logins that the init container got: with none of its own, as the service starts with those.
vault.hashicorp.com/agent-cache-enable: 'true'
{{- end }}
vault.hashicorp.com/agent-run-as-same-user: 'true'
vault.hashicorp.com/agent-set-security-context: 'true'
vault.hashicorp.com/role: {{ $role }}
vault.hashicorp.com/agent-inject-secret-environment: shop/data/{{ $name }}
vault.hashicorp.com/agent-inject-template-environment: |
  {{- range $edge.stores }}
  {{- if or (not $only) (eq $only .) }}
  {{- $store := get $service.stores . }}
  {{- $connection := include "service.connection" (dict "root" $.root "store" .) | fromJson }}
  {{- $path := $store.secret | replace "<account>" $role | replace "<service>" $name }}
  {{- $data := ternary ".Data.data" ".Data" (contains "/data/" $path) }}
  {{- if not $store.inFile }}
  {{ printf "{{ with secret %q -}}" $path }}
  {{- end }}
  {{- range $variable, $text := $store.secrets }}
  {{- $escaped := ternary " | urlquery" "" (contains "://" $text) }}
  {{- $fields := merge (dict "username" (printf "{{ %s.username%s }}" $data $escaped) "password" (printf "{{ %s.password%s }}" $data $escaped)) $connection }}
  {{- $filled := include "service.filled" (dict "text" $text "fields" $fields) }}
  {{- if $store.inFile }}
  {{- $_ := set $texts (include "service.fileOf" $variable) (dict "path" $path "text" $filled) }}
  {{ $variable }}='file:///vault/secrets/{{ include "service.fileOf" $variable }}'
  {{- else }}
  {{ $variable }}='{{ $filled }}'
  {{- end }}
  {{- end }}
  {{- if not $store.inFile }}
  {{ "{{- end }}" }}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- if and $service.secrets (not $only) }}
  {{ printf "{{ with secret %q -}}" (printf "shop/data/%s" $name) }}
  {{- range $variable, $field := $service.secrets }}
  {{ $variable }}='{{ printf "{{ .Data.data.%s }}" $field }}'
  {{- end }}
  {{ "{{- end }}" }}
  {{- end }}
{{- $files := dict "authorities.pem" "shop/data/authorities pem" }}
{{- if not .isJob }}
{{- $_ := set $files "public-keys.json" "shop/data/keys/public all" }}
{{- if $service.hasKey }}{{ $_ := set $files "key.json" (printf "shop/data/keys/%s private" $name) }}{{ end }}
{{- end }}
{{- range $file, $from := $files }}
{{- $_ := set $texts $file (dict "path" (splitList " " $from | first) "text" (printf "{{ .Data.data.%s }}" (splitList " " $from | last))) }}
{{- end }}
{{- range $file, $one := $texts }}
vault.hashicorp.com/agent-inject-secret-{{ $file }}: {{ $one.path }}
vault.hashicorp.com/agent-inject-template-{{ $file }}: '{{ printf "{{ with secret %q }}%s{{ end }}" $one.path $one.text }}'
{{- end }}
{{- end -}}
