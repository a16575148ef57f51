#!/usr/bin/env bash
# Installs what is missing, and only that. setup.sh [build] [tests]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/versions.sh

say() { printf 'setup: %s\n' "$*"; }
need() { command -v "$1" >/dev/null || { say "$1 is missing: $2"; exit 1; }; }
# has NAME VERSION: the tool is there in this version.
has() { [ "$("$1" --version 2>/dev/null | awk '{ print $2; exit }')" = "$2" ]; }

# The tools are used a few times, so building them quickly beats having them quick. Both share a folder.
install_tools() {
  say "building $*"
  CARGO_TARGET_DIR="$PWD/target/tools" CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 cargo install --quiet --force "$@"
}

for_build() {
  need cargo "install Rust 1.95 or newer with rustup"
  need node "install Node 20.11 or newer"
  need npm "it comes with Node"
  local sysroot missing=()
  sysroot=$(rustc --print sysroot)
  if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ]; then
    need rustup "or install the target wasm32-unknown-unknown of your Rust in another way"
    rustup target add wasm32-unknown-unknown
  fi
  has wasm-bindgen "$WASM_BINDGEN_VERSION" || missing+=("wasm-bindgen-cli@$WASM_BINDGEN_VERSION")
  has wasm-pack "$WASM_PACK_VERSION" || missing+=("wasm-pack@$WASM_PACK_VERSION")
  if [ ${#missing[@]} -gt 0 ]; then install_tools "${missing[@]}"; fi
}

for_tests() {
  rustup component list --installed 2>/dev/null | grep -q '^clippy' || rustup component add clippy rustfmt
  [ "$(cargo deny --version 2>/dev/null | awk '{ print $2 }')" = "$CARGO_DENY_VERSION" ] ||
    install_tools --locked "cargo-deny@$CARGO_DENY_VERSION"
  if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then
    need apt-get "install Chromium and its driver as chromium and chromedriver"
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
      need sudo "install Chromium and its driver as root"
      as_root=(sudo)
    fi
    say "installing Chromium and its driver"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null
  fi
}

for part in "${@:-build}"; do "for_$part"; done
