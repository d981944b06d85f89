#!/usr/bin/env bash
# Prints where a Chromium is that the browser tests can drive: OPENSLOT_CHROMIUM, else one that is installed, else
# Debian's, which it installs where it may. `--installed` never installs, and prints nothing when there is none.
set -euo pipefail
. "$(dirname "$0")/debian.sh"

found() {
  local name
  for name in "${OPENSLOT_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 1
}

install() {
  debian_install "chromium for the browser tests" chromium fonts-dejavu-core
}

if [ "${1:-}" = "--installed" ]; then
  found || true
elif ! found; then
  { install && found; } || {
    echo "The browser tests need Chromium: install it (on Debian: apt install chromium), or say where it is with OPENSLOT_CHROMIUM." >&2
    exit 1
  }
fi
