#!/usr/bin/env bash
# Prints the figures of docs/benchmarks.md. Fails if one is outside its limit, after printing all.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0

measure() {
  printf '\n=== %s\n' "$*"
  "$@" || failed=1
}

measure node benches/start.mjs
measure node benches/plan.mjs
measure cargo bench --quiet --bench eligibility
measure node benches/eligibility.mjs
measure node benches/sync.mjs
measure node benches/page.mjs
printf '\n=== wasm\n'
printf 'wasm: %s bytes, %s gzip, at most 350000\n' "$(wc -c <npm/dist/daemonset_planner_bg.wasm)" \
  "$(gzip -9c npm/dist/daemonset_planner_bg.wasm | wc -c)"
exit "$failed"
