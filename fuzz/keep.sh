#!/usr/bin/env bash
# Packs into fuzz/corpus.tar.xz what fuzz/run.sh found: of each target the short inputs that reach more than testdata/ does,
# and none that holds what looks like a token. Needs the targets as fuzz/run.sh builds them.
#
#   fuzz/keep.sh [TARGET...]     all that have a corpus unless named
set -euo pipefail
cd "$(dirname "$0")"

longest=1500
tokens='(AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20}|sk_live_|xox[bp]-[0-9]|PRIVATE KEY|npm_[A-Za-z0-9]{20}|AIza[0-9A-Za-z_-]{20}|glpat-'
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || mapfile -t targets < <(ls corpus)

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
./seeds.py "$work/seeds"
for target in "${targets[@]}"; do
    mkdir -p "$work/all/$target" "$work/short/$target" "$work/corpus/$target" "$work/seeds/$target"
    cp -r "$work/seeds/$target/." "$work/all/$target/"
    find "corpus/$target" -type f -size "-${longest}c" -exec cp -t "$work/short/$target" {} +
    "target/x86_64-unknown-linux-gnu/release/$target" -set_cover_merge=1 -max_len=16384 "$work/all/$target" "$work/short/$target" \
        > "$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }
    comm -23 <(ls "$work/all/$target") <(ls "$work/seeds/$target") | while read -r name; do
        mv "$work/all/$target/$name" "$work/corpus/$target/"
    done
    { grep -rlaE "$tokens" "$work/corpus/$target" || true; } | while read -r path; do rm "$path"; done
    printf '%s: %d kept\n' "$target" "$(find "$work/corpus/$target" -type f | wc -l)"
done
# The same bytes for the same inputs.
tar -C "$work" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cJf corpus.tar.xz corpus
