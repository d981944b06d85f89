#!/usr/bin/env bash
# Builds the static site into static-site/dist. Installs what it is built with, once and again when the lock changes.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v npm >/dev/null || ! node -e '
  const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
'; then
  echo "The site is built with Node 20.19 or newer and its npm (on Debian: nodejs and npm, or nodejs.org); install it and try again." >&2
  exit 1
fi

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Installing what the site is built with; this happens once."
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi

echo "Building the site."
npm run --silent build -w static-site -- --logLevel warn
