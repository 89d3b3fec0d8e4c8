#!/usr/bin/env bash
# Says how the last weekly restore of each kind went, and fails unless all were completed: restore-drill.sh ARN-OF-THE-TESTING-PLAN
# Without managed databases, as in dev: KINDS=S3 restore-drill.sh …
# The ARN: terraform output -json charts | jq -r .backup.restore_testing_plan_arn
set -euo pipefail

plan=${1:?usage: restore-drill.sh ARN-OF-THE-TESTING-PLAN}
since=$(date -u -d '8 days ago' +%Y-%m-%dT%H:%M:%SZ)
jobs=$(aws backup list-restore-jobs --by-restore-testing-plan-arn "$plan" --by-created-after "$since" \
  --query 'RestoreJobs[].[ResourceType, Status, CreationDate, RestoreJobId]' --output text)

failed=0
for kind in ${KINDS:-RDS DocumentDB S3}; do
  # The newest of this kind; dates sort as text.
  read -r _ status date job < <(awk -v kind="$kind" '$1 == kind' <<<"$jobs" | sort -k3 | tail -n 1) || status=
  if [[ $status == COMPLETED ]]; then
    echo "$kind: restored on $date"
  else
    echo "$kind: ${status:-nothing was restored since $since}${job:+ (job $job)}" >&2
    failed=1
  fi
done
exit "$failed"
