{{/* The beginning of all names: at most 40 characters, so that every suffix fits into 63. */}}
{{- define "matchday.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "matchday.operatorName" -}}
{{ include "matchday.fullname" . }}-operator
{{- end -}}

{{/* The ClusterRole that the operator binds to the solver in each namespace with requests. */}}
{{- define "matchday.solverRoleName" -}}
{{ include "matchday.fullname" . }}-solver
{{- end -}}

{{- define "matchday.selectorLabels" -}}
app.kubernetes.io/name: matchday
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "matchday.labels" -}}
{{ include "matchday.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: matchday
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 }}
{{- end -}}

{{/* An image by its digest, else by its tag, else by the chart's appVersion. */}}
{{- define "matchday.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ default .version .image.tag }}
{{- end -}}
{{- end -}}

{{/* The names in a list of references, joined by commas. */}}
{{- define "matchday.secretNames" -}}
{{- $names := list -}}
{{- range . -}}{{- $names = append $names .name -}}{{- end -}}
{{- join "," $names -}}
{{- end -}}

{{/* The operator's rights in each namespace that it serves. */}}
{{- define "matchday.rules" -}}
- apiGroups: [matchday.dev]
  resources: [schedulerequests]
  verbs: [get, list, watch]
- apiGroups: [matchday.dev]
  resources: [schedulerequests/status]
  verbs: [patch]
- apiGroups: [matchday.dev]
  resources: [solverruns]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [matchday.dev]
  resources: [schedules]
  verbs: [get, list, create, delete]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, delete]
- apiGroups: [""]
  resources: [pods/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, create, delete]
- apiGroups: [""]
  resources: [events]
  verbs: [list, create]
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [create]
- apiGroups: [""]
  resources: [serviceaccounts]
  resourceNames: [matchday-solver]
  verbs: [get]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [rolebindings]
  verbs: [create]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [rolebindings]
  resourceNames: [matchday-solver]
  verbs: [get]
# It may hand out this one role, and no other.
- apiGroups: [rbac.authorization.k8s.io]
  resources: [clusterroles]
  resourceNames: [{{ include "matchday.solverRoleName" . }}]
  verbs: [bind]
{{- end -}}
