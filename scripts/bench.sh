#!/usr/bin/env bash
# Times the slot engine, counts its instructions where valgrind is installed, and weighs the booking page in Chromium:
# counts are steady, times are not.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo bench --locked --quiet -p openslot-domain --bench slots

if command -v valgrind >/dev/null && command -v python3 >/dev/null; then
  python3 tests/bench/instructions.py
else
  echo "Instructions are not counted: that needs valgrind and python3."
fi

OPENSLOT_CHROMIUM=$(scripts/chromium.sh)
export OPENSLOT_CHROMIUM
cd tests/browser
../../node_modules/.bin/playwright test --project=bench --reporter=./bench/table.ts
