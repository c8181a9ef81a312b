#!/usr/bin/env bash
# Installs a real VS Code beside this script: the server that code-server's package holds, to be used in a browser. Nothing native is
# built; what of it is missing (terminals, the search in files) the tests do not need.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
cd node_modules/code-server/lib/vscode
# Its own lock file is kept to.
npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
