#!/usr/bin/env bash
# Every check of the deployable template: it is valid, keeps its rules, passes checkov but for what has a written
# reason, and comes into being. Needs no account and no network once its tools are unpacked. Arguments go to pytest.
# Ends with how many checks passed, failed and were skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=.tools/template
pins=infra/sam/requirements.txt

# The pins are copied last, so an install that broke off is begun anew.
if ! cmp -s "$pins" "$tools/pins.txt"; then
  python3 -c 'import ensurepip, venv' 2>/dev/null || {
    echo "The checks of the template need Python 3 with venv (on Debian: python3 and python3-venv)." >&2
    exit 1
  }
  echo "Unpacking SAM, cfn-lint, checkov and moto into .tools; this happens once."
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile -r "$pins"
  "$tools/bin/pip" check --disable-pip-version-check
  cp "$pins" "$tools/pins.txt"
fi

# Where there is none of a region, an account or a home, the tools are not to look for one.
export AWS_DEFAULT_REGION=eu-central-1 AWS_EC2_METADATA_DISABLED=true SAM_CLI_TELEMETRY=0
exec "$tools/bin/python" -m pytest --quiet -p no:cacheprovider -W ignore infra/sam/tests "$@"
