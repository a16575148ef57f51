#!/usr/bin/env bash
# Builds pkg/: the crate as wasm, its glue and types.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/versions.sh
file=daemonset_planner_bg.wasm

# A RUSTFLAGS from outside would replace those of .cargo/config.toml.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
# Built beside and moved whole, so that a build cut short leaves the old one.
next=.cache/pkg
rm -rf "$next"
wasm-pack --log-level warn build --profile wasm --target web --mode no-install --out-dir "$next"
node_modules/.bin/wasm-opt -O3 "$next/$file" -o "$next/optimised.wasm"
mv "$next/optimised.wasm" "$next/$file"
mkdir -p pkg
cp "$next"/daemonset_planner* pkg/
touch "pkg/$file"
