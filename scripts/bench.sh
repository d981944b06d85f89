#!/usr/bin/env bash
# Times the slot engine, and counts its instructions where valgrind is installed: counts are steady, times are not.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo bench --locked --quiet -p openslot-domain --bench slots

if command -v valgrind >/dev/null && command -v python3 >/dev/null; then
  python3 tests/bench/instructions.py
else
  echo "Instructions are not counted: that needs valgrind and python3."
fi
