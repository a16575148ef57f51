#!/usr/bin/env bash
# Plans the examples on the terminal, then serves the page unless SERVE=0.
set -euo pipefail
cd "$(dirname "$0")/.."

plan() {
  printf '\n$ daemonset-planner %s\n' "$*"
  # Findings of level error are part of what is shown.
  node npm/dist/cli.js "$@" || [ $? = 1 ]
}

plan plan -f examples/hello-daemonset
if [ -d examples/project-selector ]; then
  plan merge -f examples/project-selector -f examples/hello-daemonset/nodes.yaml --platform openshift-4
fi

if [ "${SERVE:-1}" != 0 ]; then
  echo
  exec node scripts/serve.mjs
fi
