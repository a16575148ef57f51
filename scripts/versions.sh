# Versions of the tools that neither Cargo.lock nor package-lock.json names, and where they are. Sourced.

WASM_PACK_VERSION=0.15.1
CARGO_DENY_VERSION=0.20.2
# The command line must have the version of the library, to the last digit.
WASM_BINDGEN_VERSION=$(awk '$0 == "name = \"wasm-bindgen\"" { found = 1 } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock)

# Where cargo puts what it installs, whether or not the shell knows.
export PATH="${CARGO_INSTALL_ROOT:-${CARGO_HOME:-$HOME/.cargo}}/bin:$PATH"
