#!/usr/bin/env bash
# Runs the functions out of the zips that `make package` made, behind the Lambda Runtime API and the policies of the
# template, and tells them the stories. Packages first, for the architecture in ARCH.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/package.sh

# What is in the zips, and not what lies beside them, is what will be deployed.
unpacked=target/lambda/unpacked
rm -rf "$unpacked"
for zip in target/lambda/*/bootstrap.zip; do
  name=$(basename "$(dirname "$zip")")
  python3 -c '
import pathlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for entry in archive.infolist():
        path = pathlib.Path(archive.extract(entry, sys.argv[2]))
        path.chmod(entry.external_attr >> 16 & 0o777)
' "$zip" "$unpacked/$name"
done

if [ "${ARCH:-arm64}" = arm64 ]; then
  OPENSLOT_RUNNER=$(scripts/qemu.sh)
  export OPENSLOT_RUNNER
fi
OPENSLOT_BOOTSTRAPS=$PWD/$unpacked cargo test --locked --workspace --no-fail-fast --test deploy -- --show-output
