#!/usr/bin/env bash
# Deploys the stack from the packages and the site that were built:
# scripts/deploy.sh [STACK] [--region REGION] [--site-only] [-- OPTIONS OF SAM DEPLOY]
# Without options for SAM, SAM asks for every parameter, with the answers of the last time at hand.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/sam-tools.sh
PYTHONPATH=infra/sam exec .tools/template/bin/python -B -W ignore infra/sam/deploy.py "$@"
