#!/usr/bin/env bash
# Compares the YAML reader with the Go module that Kubernetes reads with. check-yaml.sh [SEED]
# For development; needs Go, and is no part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v go >/dev/null; then
  echo "check-yaml: Go is missing. This check is for development only; make test does not need it." >&2
  exit 1
fi
program="$PWD/target/check-yaml/check-yaml"
(cd tests/check-yaml && go build -o "$program" .)
CHECK_YAML="$program" SEED="${1:-1}" cargo test --release --test check_yaml -- --ignored --nocapture
