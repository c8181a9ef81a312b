#!/usr/bin/env bash
# make.sh PLAN.SH NODE_MODULES [CASE...]: makes anew what each case has that nobody wrote: plan.json, with the stand-in
# for the AWS provider that PLAN.SH is, and app.js with its cdk.out, with the aws-cdk-lib of NODE_MODULES.
set -euo pipefail
[ $# -ge 2 ] || { sed -n 2,3p "${BASH_SOURCE[0]}"; exit 2; }
plan=$(realpath "$1"); modules=$(realpath "$2"); shift 2
cd "$(dirname "${BASH_SOURCE[0]}")"
[ $# -gt 0 ] || set -- */
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for case in "${@%/}"; do
  echo "$case" >&2
  rm -rf "$work/"*
  first=$case/main.tf; [ -f "$first" ] || first=$case/template.yaml
  without() { sed -n '2s/^# without: //p' "$first" | grep -qw "$1"; }
  if [ -f "$case/main.tf" ] && ! without plan; then
    cp "$case/main.tf" "$work"; [ ! -d "$case/beside" ] || cp -R "$case/beside" "$work"
    args=(); [ ! -f "$case/args" ] || mapfile -t args < "$case/args"
    RELAX=1 "$plan" "$work" "$case/plan.json" "${args[@]}"
    # What looks like a key is put in as a test copies the plan.
    sed -i -E 's/AKIA2STANDIN[A-Z0-9]+/@AKIA@/g' "$case/plan.json"
  fi
  if [ -f "$case/template.yaml" ] && ! without cdk; then node synth.js "$modules" "$case"; fi
done
