#!/usr/bin/env bash
# Prints what the arm64 functions are run with on this machine: nothing where they run as they are, else qemu with an
# arm64 libc, which it installs where it may.
set -euo pipefail
. "$(dirname "$0")/debian.sh"

if [ "$(uname -m)" = aarch64 ]; then exit 0; fi

found() {
  local name root
  for root in "${OPENSLOT_ARM64_ROOT:-}" /usr/aarch64-linux-gnu; do
    if [ -z "$root" ] || [ ! -e "$root/lib/ld-linux-aarch64.so.1" ]; then continue; fi
    for name in qemu-aarch64-static qemu-aarch64; do
      if command -v "$name" >/dev/null; then
        echo "$(command -v "$name") -L $root"
        return
      fi
    done
  done
  return 1
}

install() {
  debian_install "qemu-user-static and arm64 libc for the deployed functions" qemu-user-static libc6-arm64-cross
}

found || { install && found; } || {
  echo "The arm64 functions run here under qemu: install it (on Debian: apt install qemu-user-static libc6-arm64-cross)," \
    "or package with ARCH=x86_64 and run them as they are." >&2
  exit 1
}
