#!/usr/bin/env bash
# Times the slot engine and the first answer of every function, counts the instructions of both where valgrind is
# installed, and weighs the booking page in Chromium: counts are steady, times are not.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo bench --locked --quiet -p openslot-domain --bench slots

if command -v valgrind >/dev/null && command -v python3 >/dev/null; then
  python3 tests/bench/instructions.py
else
  echo "Instructions are not counted: that needs valgrind and python3."
fi

# As they are packaged, but for this machine's own kind, so that nothing has to stand in for a processor; and elsewhere,
# so that what is deployed next is not what was measured.
case $(uname -m) in
  aarch64 | arm64) ARCH=arm64 ;;
  *) ARCH=x86_64 ;;
esac
ARCH=$ARCH OUT=target/cold scripts/package.sh openslot-cold >/dev/null
python3 tests/bench/cold.py target/cold/built

OPENSLOT_CHROMIUM=$(scripts/chromium.sh)
export OPENSLOT_CHROMIUM
cd tests/browser
../../node_modules/.bin/playwright test --project=bench --reporter=./bench/table.ts
