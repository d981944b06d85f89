#!/usr/bin/env bash
# Unpacks what checks, deploys and examines the stack into .tools, once and again when the pins change: SAM, cfn-lint,
# checkov, moto and the AWS SDK for Python.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=.tools/template
pins=infra/sam/requirements.txt

# The pins are copied last, so an install that broke off is begun anew.
if ! cmp -s "$pins" "$tools/pins.txt"; then
  python3 -c 'import ensurepip, tomllib, venv' 2>/dev/null || {
    echo "SAM and its company need Python 3.11 or newer with venv (on Debian: python3 and python3-venv)." >&2
    exit 1
  }
  echo "Unpacking SAM, cfn-lint, checkov and moto into .tools; this happens once." >&2
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile -r "$pins"
  "$tools/bin/pip" check --disable-pip-version-check
  cp "$pins" "$tools/pins.txt"
fi
