#!/usr/bin/env bash
# Puts bytes to every parser of outside bytes, guided by which branches they reach, and goes on after a crash, so
# that one run tells everything. `make fuzz` calls it; the environment says what to play:
#
#   RUNS=10000000   how many inputs in all, shared out by TARGETS' weights
#   SECONDS_EACH=0  the most time for one target; 0 is no limit
#   TARGETS=...     some of the targets only
#   INPUT=file      play this one input to the one target in TARGETS, and nothing else
set -uo pipefail
cd "$(dirname "$0")/../tests/fuzz"

RUNS=${RUNS:-10000000}
SECONDS_EACH=${SECONDS_EACH:-0}
TARGETS=${TARGETS:-"letters bodies queries names mail_events"}
# A letter takes a hundred times as long as a query.
declare -A PERCENT=([letters]=4 [bodies]=30 [queries]=26 [names]=20 [mail_events]=20)
# What one input may be at most: a body of 16 KiB; a letter's texts at their limits.
declare -A LENGTH=([letters]=8192 [bodies]=16800 [queries]=2048 [names]=2100 [mail_events]=4096 [planted]=512)

host=$(rustc -vV | sed -n 's/^host: //p')
built=target/$host/release
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Coverage counters, compares and their places, as libFuzzer reads them; a stable compiler knows these too. With
# `--target` they reach the programs and not what helps to build them.
build() {
  local passes="-Cpasses=sancov-module" level="-Cllvm-args=-sanitizer-coverage-level=4"
  for what in inline-8bit-counters pc-table trace-compares; do
    passes+=" -Cllvm-args=-sanitizer-coverage-$what"
  done
  RUSTC_WRAPPER="$PWD/uncounted.sh" RUSTFLAGS="$passes $level --cfg fuzzing" \
    cargo build --locked --quiet --release --bins --target "$host"
}

# Plays a target with further options of libFuzzer; its last words go to the log. A compare that comes closer counts as
# new too, because that is how texts are found byte by byte.
play() {
  local target=$1
  shift
  "$built/$target" -max_len="${LENGTH[$target]}" -timeout=25 -rss_limit_mb=2048 -print_final_stats=1 \
    -use_value_profile=1 -artifact_prefix="crashes/$target-" "$@" >"$log" 2>&1
}

stat() { sed -n "s/^stat::$1: *//p" "$log" | tail -1; }

count() { find "$1" -type f | wc -l; }

# A fuzzer that finds nothing anywhere proves nothing: the planted defect has to be found first.
finds_the_planted_defect() {
  local grown=target/planted
  rm -rf "$grown" && mkdir -p "$grown"
  if play planted -runs=2000000 -artifact_prefix="$grown/found-" "$grown" corpus/names; then
    echo "planted      the planted defect was not found: this fuzzer is blind" && return 1
  fi
  grep -q 'line: no element' "$log" || { tail -20 "$log" && return 1; }
  echo "planted      found, as it has to be"
}

fuzz() {
  local target=$1 runs=$((RUNS * ${PERCENT[$1]} / 100)) grown=target/corpus/$1 before seconds=$SECONDS
  mkdir -p "$grown" && before=$(count "$grown")
  local limit=(-runs=$((runs > 0 ? runs : 1)))
  ((SECONDS_EACH > 0)) && limit+=(-max_total_time="$SECONDS_EACH")
  local code=0
  play "$target" "${limit[@]}" "$grown" "corpus/$target" || code=1
  printf '%-12s %10s runs %6s/s in %5ss, inputs kept %5s -> %5s, crashes %s\n' "$target" \
    "$(stat number_of_executed_units)" "$(stat average_exec_per_sec)" $((SECONDS - seconds)) \
    "$before" "$(count "$grown")" "$code"
  ((code == 0)) || explain "$target"
  return "$code"
}

explain() {
  local target=$1 input
  sed -n '/panicked at/,/stack backtrace/p' "$log" | head -8
  grep -a "ERROR: libFuzzer" "$log" | head -1
  input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
  [ -z "$input" ] || echo "  play it again: make fuzz TARGETS=$target INPUT=tests/fuzz/$input"
}

mkdir -p crashes
build || exit 1

if [ -n "${INPUT:-}" ]; then
  "$built/$TARGETS" "${INPUT#tests/fuzz/}"
  exit
fi

failed=0
finds_the_planted_defect || failed=1
for target in $TARGETS; do
  fuzz "$target" || failed=1
done
exit "$failed"
