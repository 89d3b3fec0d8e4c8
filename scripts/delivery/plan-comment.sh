#!/usr/bin/env bash
# What Terraform would change in environments, as a comment for a pull request: scripts/delivery/plan-comment.sh staging production
set -euo pipefail
cd "$(dirname "$0")/../../terraform"

# GitHub takes 65,536 characters.
longest=20000

out=$(mktemp)
trap 'rm -f "$out"' EXIT

for environment in "$@"; do
  terraform init -input=false -no-color -reconfigure "-backend-config=environments/$environment/backend.hcl" >&2
  # It only reads, so it takes no lock, which it could not write.
  terraform plan -input=false -no-color -lock=false "-out=$out" "-var-file=environments/$environment/terraform.tfvars" >&2
  plan=$(terraform show -no-color "$out")
  summary=$(grep -E '^(Plan:|No changes)' <<<"$plan" || echo 'Only outputs change.')
  printf '### Terraform, %s\n\n%s\n\n<details><summary>The plan</summary>\n\n~~~\n%s\n~~~\n\n</details>\n\n' \
    "$environment" "$summary" "${plan:0:longest}"
done
