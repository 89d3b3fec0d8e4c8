#!/usr/bin/env bash
# Commits to main what staging runs: scripts/delivery/stage.sh COMMIT < VALUES
set -euo pipefail
commit=$1
file=helm/environments/images/staging.yaml

cat > "$file"
git config user.name 'github-actions[bot]'
git config user.email '41898282+github-actions[bot]@users.noreply.github.com'
git commit --message "deploy: staging runs ${commit::12}" "$file"
gh auth setup-git
git pull --rebase # main may have moved on
git push
