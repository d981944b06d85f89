#!/usr/bin/env bash
# Prints where a Chromium is that the browser tests can drive: OPENSLOT_CHROMIUM, else one that is installed, else
# Debian's, which it installs where it may. `--installed` never installs, and prints nothing when there is none.
set -euo pipefail

found() {
  local name
  for name in "${OPENSLOT_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 1
}

install() {
  local as_root=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  echo "Installing Debian's chromium for the browser tests; this happens once." >&2
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >&2
}

if [ "${1:-}" = "--installed" ]; then
  found || true
elif ! found; then
  { install && found; } || {
    echo "The browser tests need Chromium: install it (on Debian: apt install chromium), or say where it is with OPENSLOT_CHROMIUM." >&2
    exit 1
  }
fi
