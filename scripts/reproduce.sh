#!/usr/bin/env bash
# Builds what is committed once more, in another folder and with nothing of this one's, and compares: the same commit
# has to give the same zips, byte for byte, or nobody could tell from a zip what it was made of. FUNCTIONS names those
# to build; without it, all.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "$(git status --porcelain)" ]; then
  echo "There are changes that are not committed, so this folder and the commit are not the same: commit or stash them." >&2
  exit 1
fi

# Deeper and longer than this folder: where a path got into a binary, it shows.
elsewhere=target/elsewhere/a-folder-of-another-name/openslot
rm -rf target/elsewhere
mkdir -p "$elsewhere"
git archive HEAD | tar -x -C "$elsewhere"
# The tools are the same ones; they are pinned by their own sums.
mkdir -p .tools && ln -s "$PWD/.tools" "$elsewhere/.tools"

"$elsewhere/scripts/package.sh"
scripts/package.sh

scripts/same.py target/lambda "$elsewhere/target/lambda"
rm -rf target/elsewhere
echo "Built twice from $(git rev-parse --short HEAD), in folders apart."
