#!/usr/bin/env bash
# Checks a deployed stack and its settings, a line for each, and changes nothing:
# scripts/doctor.sh [STACK] [--region REGION]
# Ends with 0 if all is well, 1 if something is not, and 2 if it could not look.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/sam-tools.sh || exit 2
PYTHONPATH=infra/sam exec .tools/template/bin/python -B -W ignore -m doctor "$@"
