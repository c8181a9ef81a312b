#!/usr/bin/env bash
# plan.sh [MEGABYTES...]: speed and memory on plans of these sizes (10 and 100 without an argument), made of the real ones in
# testdata/plans by repeating their resource changes under other addresses. Beside it: rg on the same file.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- 10 100
cargo build --release --quiet
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for megabytes in "$@"; do
    for kind in alike apart; do
        file="$work/$kind-$megabytes.json"
        python3 benches/plans.py "$kind" "$megabytes" "$file"
        bytes=$(stat -c %s "$file")
        best=$(for _ in 1 2 3 4 5; do
            /usr/bin/time -f '%e %M' -o "$work/time" ./target/release/keyless check --threads 1 --format concise "$file" > "$work/out" || [ $? -le 1 ]
            tail -1 "$work/time"
        done | sort -n | head -1)
        rg=$(for _ in 1 2 3 4 5; do
            /usr/bin/time -f '%e' -o "$work/time" rg -c AKIA "$file" > /dev/null || true
            tail -1 "$work/time"
        done | sort -n | head -1)
        awk -v kind="$kind" -v bytes="$bytes" -v best="$best" -v rg="$rg" -v said="$(wc -c < "$work/out")" 'BEGIN {
            split(best, of, " ")
            printf "%s %.0f MB: %.2f s, %.0f MB/s, rg %.2f s, peak %.0f MB, output %.1f MB\n",
                kind, bytes / 1e6, of[1], bytes / 1e6 / of[1], rg, of[2] / 1024, said / 1e6
        }'
    done
done
