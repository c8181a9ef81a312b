#!/usr/bin/env bash
# How many instructions fixed inputs take: one thread, under callgrind, so that the figures hold on a machine that is busy.
# They are kept in benches/instructions.txt, and .ci/slow fails where one is more than a tenth away from what is kept.
#
#   benches/instructions.sh            measure and compare
#   benches/instructions.sh --update   measure and keep
#
# Needs valgrind and Python 3.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo 'valgrind is not installed' >&2; exit 2; }

# KEYLESS names another binary than the one that is built here.
keyless="${KEYLESS:-${CARGO_TARGET_DIR:-target}/release/keyless}"
[ -n "${KEYLESS:-}" ] || cargo build --release --quiet
# Outside of any repository, whose own files would count.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/one" "$work/templates"
cp benches/one-file.tf "$work/one/main.tf"
cp -R testdata/demo "$work/demo"
python3 benches/tree.py "$work/tree" 40
python3 benches/templates.py "$work/templates" 1
for kind in alike apart; do
    python3 benches/plans.py "$kind" 2 "$work/$kind.json"
done

measure() { # name, arguments
    local name=$1 code=0
    shift
    env -i PATH="$PATH" HOME="$work" valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$keyless" "$@" >/dev/null 2>"$work/said" || code=$?
    if [ "$code" -gt 1 ]; then
        cat "$work/said" >&2
        echo "$name: exit code $code" >&2
        exit 1
    fi
    awk -v name="$name" '/Collected :/ { printf "%-14s %9.2f\n", name, $NF / 1e6 }' "$work/said"
}

{
    measure help --help
    measure one-file check --threads 1 --format concise "$work/one/main.tf"
    measure demo check --threads 1 --format json "$work/demo"
    measure tree check --threads 1 --format concise "$work/tree"
    measure template-json check --threads 1 --format concise "$work/templates/t.json"
    measure template-yaml check --threads 1 --format concise "$work/templates/t.yaml"
    measure plan-alike check --threads 1 --format concise "$work/alike.json"
    measure plan-apart check --threads 1 --format concise "$work/apart.json"
} >"$work/measured"

kept=benches/instructions.txt
if [ "${1:-}" = --update ]; then
    { echo '# Millions of instructions: written by benches/instructions.sh --update'; cat "$work/measured"; } >"$kept"
    cat "$kept"
    exit 0
fi
awk '
    /^#/ { next }
    FNR == NR { kept[$1] = $2; next }
    !($1 in kept) { printf "%-14s %9.2f million instructions, none kept\n", $1, $2; wrong = 1; next }
    {
        change = ($2 / kept[$1] - 1) * 100
        printf "%-14s %9.2f million instructions, %9.2f kept, %+.1f %%\n", $1, $2, kept[$1], change
        if (change > 10 || change < -10) wrong = 1
    }
    END {
        if (wrong) print "more than a tenth away: find out why, or keep the new figures with benches/instructions.sh --update"
        exit wrong
    }
' "$kept" "$work/measured"
