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
# Only what removes code. Passes that give locals new numbers or move code make the module smaller but its text less
# regular: after -O3 or -Oz it is 20 kB larger on the wire (gzip), and V8 runs it no faster.
node_modules/.bin/wasm-opt --duplicate-function-elimination --remove-unused-module-elements --memory-packing --vacuum \
  "$next/$file" -o "$next/optimised.wasm"
mv "$next/optimised.wasm" "$next/$file"
mkdir -p pkg
cp "$next"/daemonset_planner* pkg/
touch "pkg/$file"
