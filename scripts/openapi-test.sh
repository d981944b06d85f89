#!/usr/bin/env bash
# Holds the API document against the local program: schemathesis makes up requests by it, right ones and wrong ones,
# and every reply has to be one that the document tells of. Unpacks schemathesis into .tools once.
#
# OPENSLOT_LOCAL is the program, target/debug/openslot-local by default; OPENSLOT_OPENAPI_SEED plays another run.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${OPENSLOT_LOCAL:-target/debug/openslot-local}
tools=.tools/openapi
pins=tests/openapi/requirements.txt

if [ ! -x "$program" ]; then
  echo "There is no $program; \`make build\` makes it." >&2
  exit 1
fi

# The pins are copied last, so an install that broke off is begun anew.
if ! cmp -s "$pins" "$tools/pins.txt"; then
  python3 -c 'import ensurepip, venv' 2>/dev/null || {
    echo "schemathesis needs Python 3 with venv (on Debian: python3 and python3-venv)." >&2
    exit 1
  }
  echo "Unpacking schemathesis into .tools; this happens once."
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile -r "$pins"
  cp "$pins" "$tools/pins.txt"
fi

folder=$(mktemp -d)
"$program" --port 0 --data-dir "$folder/data" >"$folder/log" 2>&1 &
running=$!
trap 'kill "$running" 2>/dev/null || true; wait "$running" 2>/dev/null || true; rm -rf "$folder"' EXIT

for _ in $(seq 150); do
  OPENSLOT_URL=$(sed -n 's/^openslot runs at //p' "$folder/log")
  [ -n "$OPENSLOT_URL" ] && break
  kill -0 "$running" 2>/dev/null || break
  sleep 0.2
done
if [ -z "$OPENSLOT_URL" ]; then
  echo "The local program did not start:" >&2
  cat "$folder/log" >&2
  exit 1
fi
export OPENSLOT_URL

failed=0
PYTHONDONTWRITEBYTECODE=1 "$tools/bin/python" tests/openapi/run.py || failed=1

# A panic is answered with a 500, which is found above; one outside a request is not.
if grep -q "panicked" "$folder/log"; then
  echo "The local program panicked:" >&2
  cat "$folder/log" >&2
  failed=1
fi
exit "$failed"
