#!/usr/bin/env bash
# The site's tests: first those that need no browser, once in each of three time zones, because what they decide must
# not depend on where the machine stands; then those that drive Chromium. With arguments, only the latter, as told.
set -euo pipefail
cd "$(dirname "$0")/../tests/browser"

playwright() { ../../node_modules/.bin/playwright test "$@"; }

failed=0
if [ $# -eq 0 ]; then
  for zone in America/Los_Angeles Europe/London Asia/Kathmandu; do
    TZ=$zone playwright --project=lib || failed=1
  done
fi

# Where there is none, and none can be had, this says so and ends here; the tests above have run.
OPENSLOT_CHROMIUM=$(../../scripts/chromium.sh)
export OPENSLOT_CHROMIUM

playwright "$@" --project='chromium *' || failed=1
exit "$failed"
