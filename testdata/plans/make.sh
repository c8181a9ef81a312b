#!/usr/bin/env bash
# make.sh PLAN.SH [CASE...]: makes the plan.json of each case anew, with the stand-in for the AWS provider that PLAN.SH is.
# A case is a folder with a configuration. Beside it: `args` (arguments of terraform plan), `before/` (files that
# differ in what was applied before), `before-args`, `state.py` (changes the state in between), `errored` (planning fails,
# as it should).
set -euo pipefail
[ $# -ge 1 ] || { sed -n 2,5p "${BASH_SOURCE[0]}"; exit 2; }
plan=$(realpath "$1"); shift
cd "$(dirname "${BASH_SOURCE[0]}")"
[ $# -gt 0 ] || set -- */
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
words() { [ ! -f "$1" ] || mapfile -t list < <(xargs -n1 < "$1"); }
# Terraform writes the plan as far as it came, and exits with 1.
printf '#!/bin/sh\n"%s" "$@" || [ "$1" = plan ]\n' "$(command -v "${TERRAFORM:-terraform}")" > "$work.terraform"
chmod +x "$work.terraform"; trap 'rm -rf "$work" "$work.terraform"' EXIT
for case in "${@%/}"; do
  echo "$case" >&2
  rm -rf "$work/"*; cp -R "$case" "$work/config"
  (cd "$work/config"; rm -rf plan.json args before before-args state.py errored)
  list=(); words "$case/args"
  if [ -d "$case/before" ]; then
    now=("${list[@]}"); list=(); words "$case/before-args"
    cp -R "$work/config" "$work/before"; cp -R "$case/before/." "$work/before"
    STATE_OUT=$work/state "$plan" "$work/before" "$work/before.json" "${list[@]}"
    [ ! -f "$case/state.py" ] || python3 "$case/state.py" "$work/state"
    STATE_IN=$work/state "$plan" "$work/config" "$case/plan.json" "${now[@]}"
  elif [ -f "$case/errored" ]; then
    TERRAFORM=$work.terraform "$plan" "$work/config" "$case/plan.json" "${list[@]}"
  else
    "$plan" "$work/config" "$case/plan.json" "${list[@]}"
  fi
  # What looks like a key is put in as a test copies the plan.
  sed -i -E 's/AKIA2STANDIN[A-Z0-9]+/@AKIA@/g' "$case/plan.json"
done
