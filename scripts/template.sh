#!/usr/bin/env bash
# Every check of the deployable template: it is valid, keeps its rules, passes checkov but for what has a written
# reason, and comes into being. Needs no account and no network once its tools are unpacked. Arguments go to pytest.
# Ends with how many checks passed, failed and were skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/sam-tools.sh

# Where there is none of a region, an account or a home, the tools are not to look for one.
export AWS_DEFAULT_REGION=eu-central-1 AWS_EC2_METADATA_DISABLED=true SAM_CLI_TELEMETRY=0
exec .tools/template/bin/python -m pytest --quiet -p no:cacheprovider -W ignore infra/sam/tests "$@"
