#!/usr/bin/env bash
# Builds what is deployed: one zip per function, for Lambda on arm64, or with ARCH=x86_64 for that. The same commit gives
# the same bytes, wherever it is built. Fails if a zip is too large to start fast, or was built otherwise than it should.
# FUNCTIONS names those to build; without it, all. Packages given as arguments are built beside all, and not zipped.
# OUT is where the zips go, if not where the template looks for them.
set -euo pipefail
cd "$(dirname "$0")/.."

arch=${ARCH:-arm64} out=${OUT:-target/lambda}
case $arch in
  arm64) target=aarch64-unknown-linux-gnu ;;
  x86_64) target=x86_64-unknown-linux-gnu ;;
  *)
    echo "ARCH is arm64 or x86_64, not $arch." >&2
    exit 1
    ;;
esac

# cargo-lambda, and the zig that it links with: both are Python packages, unpacked once and again when the pins change.
tools=.tools/package
if ! cmp -s scripts/package-pins.txt "$tools/pins.txt"; then
  python3 -c 'import ensurepip, venv' 2>/dev/null || {
    echo "Packaging needs Python 3 with venv (on Debian: python3 and python3-venv)." >&2
    exit 1
  }
  echo "Unpacking cargo-lambda and zig into .tools; this happens once."
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile -r scripts/package-pins.txt
  cp scripts/package-pins.txt "$tools/pins.txt"
fi
PATH=$PWD/$tools/bin:$PATH

if [ ! -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
  rustup target add "$target" || {
    echo "Packaging needs the Rust standard library for $target: rustup target add $target." >&2
    exit 1
  }
fi

# No path of this machine is in a binary, so that none of them makes a difference.
export RUSTFLAGS="--remap-path-prefix=$PWD=/openslot --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
# aws-lc would gather entropy from the jitter of the CPU too, beside the operating system's: 430 million instructions,
# most of a cold start on the small share of a CPU that a function has. The operating system's generator is seeded by
# the hypervisor before a function runs, so it is enough alone.
export AWS_LC_SYS_NO_JITTER_ENTROPY=1

# All of them are named even if some are built: which features a dependency has depends on who is built with it.
packages=() chosen=()
for folder in functions/*/; do packages+=(-p "openslot-$(basename "$folder")"); done
for package in "$@"; do packages+=(-p "$package"); done
for name in ${FUNCTIONS:-}; do chosen+=(--bin "openslot-$name"); done
if [ ${#chosen[@]} -eq 0 ]; then chosen=(--bins); fi
# What was built before is not zipped again beside what is built.
rm -rf "$out"
# Its own ideas of a release are turned off: it would end the process at a panic, which here is answered.
cargo lambda build --locked --release "${chosen[@]}" "${packages[@]}" --target "$target" --disable-optimizations \
  --output-format binary --lambda-dir "$out/built"

exec python3 scripts/zips.py "$out" "target/$target/release"
