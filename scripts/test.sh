#!/usr/bin/env bash
# Every check and every test. Goes on after a failure, so that one run tells everything that is wrong, and ends
# with how many tests passed, failed and were skipped. Under CI nothing may be skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Runs a command under a name and notes in the log how it went.
check() {
  local name=$1
  shift
  printf '\n== %s: %s\n' "$name" "$*"
  if "$@"; then echo "CHECK $name passed" >>"$log"; else echo "CHECK $name failed" >>"$log"; fi
}

# Shows what the tests print of themselves too, because that is how one says that it could not run.
rust_tests() {
  cargo test --locked --workspace --no-fail-fast -- --show-output 2>&1 | tee -a "$log"
}

# They drive the program that the site is served by, so it is built first.
site_tests() {
  cargo build --locked --quiet --workspace --bin openslot-local && scripts/browser.sh 2>&1 | tee -a "$log"
}

# The functions as they are deployed.
deploy_tests() {
  scripts/test-deploy.sh 2>&1 | tee -a "$log"
}

# The construct for users of the AWS CDK.
cdk_tests() {
  npm run --silent test -w infra/cdk 2>&1 | tee -a "$log"
}

# Tests that say their sum in plain words, as a group of this name.
grouped() {
  echo "GROUP $1" >>"$log"
  "${@:2}" 2>&1 | tee -a "$log"
}

make tools || echo "Going on with what there is; whatever cannot run says so."

check site make site
check site-code npm run --silent check --workspaces
check format cargo fmt --all --check
check lint make lint
check deny make deny
check cost scripts/cost.py --check
check sbom make sbom
check tests rust_tests
check site-tests site_tests
check openapi grouped openapi scripts/openapi-test.sh
check cdk cdk_tests
check template grouped template scripts/template.sh
check deploy-tests deploy_tests

echo
awk -v ci="${CI:-}" -f scripts/tally.awk "$log"
