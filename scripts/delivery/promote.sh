#!/usr/bin/env bash
# Opens the pull request by which production runs what staging runs, in a checkout of that commit, whose contracts have been released:
# scripts/delivery/promote.sh COMMIT MAIN, where MAIN is the commit that says that staging runs COMMIT.
set -euo pipefail
commit=$1 main=$2
images=helm/environments/images
contracts=(contracts/{events,lake,pacts}/published contracts/migrations.json openapi/published)

git config user.name 'github-actions[bot]'
git config user.email '41898282+github-actions[bot]@users.noreply.github.com'
git add --all "${contracts[@]}"
git commit --allow-empty --message 'As released'
released=$(git rev-parse HEAD)

# On main as it is now, and only this of it: not merged, which could mix two releases.
git switch --create "release/$commit" origin/main
last=$(sed -n 's/^ *version: //p' "$images/production.yaml")
git rm -r --quiet "${contracts[@]}"
git checkout "$released" -- "${contracts[@]}"
git show "$main:$images/staging.yaml" > "$images/production.yaml"
git commit --all --message "deploy: production runs ${commit::12}"

gh auth setup-git
git push origin HEAD
body=$(mktemp)
{
  printf 'Production runs what staging runs. It begins when Argo CD is told to sync. The commits since the last release:\n\n'
  git log --no-merges --format='- %h %s' --max-count=100 "$last..$commit" || echo '- all of them: it is the first one'
} > "$body"
gh pr create --base main --title "deploy: production runs ${commit::12}" --body-file "$body"
rm "$body"
