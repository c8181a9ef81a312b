#!/bin/sh
# Writes the answers of a real `terraform console` beside each case: one line for each element of `local.r`.
# Needs `terraform` 1.11; no network, since the cases have no providers.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export TF_CLI_CONFIG_FILE=/dev/null
[ $# -gt 0 ] || set -- "$here"/*/
for folder in "$@"; do
  work=$(mktemp -d)
  cp -R "$folder/." "$work"
  (
    cd "$work"
    grep -qs '^module ' ./*.tf && terraform init -backend=false -no-color >/dev/null
    printf '%s\n' 'base64encode(join("\n", local.r))' | terraform console -no-color >console.txt || true
    if grep -q '^"[A-Za-z0-9+/=]*"$' console.txt; then
      grep '^"[A-Za-z0-9+/=]*"$' console.txt | tr -d '"' | base64 -d >want.txt && echo >>want.txt
    else
      echo "$folder" && cat console.txt && exit 1
    fi
  ) >&2
  cp "$work/want.txt" "$folder/want.txt"
  rm -r "$work"
done
