#!/usr/bin/env bash
# Fuzzes what keyless reads. What is found stays in fuzz/corpus (fuzz/keep.sh packs what is worth it), crashes in fuzz/artifacts.
#
#   fuzz/run.sh [SECONDS] [TARGET...]     60 seconds for each target unless told; all targets unless named
#
# Begins with testdata/ and, if FUZZ_SOURCE names a folder, with the public code in there, of which nothing is kept.
# Needs a nightly compiler and cargo-fuzz (`cargo install cargo-fuzz`).
set -euo pipefail
cd "$(dirname "$0")"

seconds="${1:-60}"
shift || true
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || mapfile -t targets < <(sed -n 's/^path = "targets\/\(.*\)\.rs"/\1/p' Cargo.toml)

# A second a run, on a machine that does nothing else; a loaded one takes longer.
timeout="${FUZZ_TIMEOUT:-10}"
export RUSTUP_TOOLCHAIN="${RUSTUP_TOOLCHAIN:-nightly}"
# There is no unsafe code of ours for a sanitizer to look at, and the stack is what it is for users.
(cd .. && cargo fuzz build --sanitizer none)

[ -d corpus ] || tar -xJf corpus.tar.xz
seeds="$(mktemp -d)"
trap 'rm -rf "$seeds"' EXIT
./seeds.py "$seeds"
[ -z "${FUZZ_SOURCE:-}" ] || ./seeds.py "$seeds" "$FUZZ_SOURCE"

dictionary() {
    case "$1" in
        expression | fixes) echo hcl ;;
        cloudformation) echo yaml ;;
        plan) echo json ;;
        *) echo "$1" ;;
    esac
}

failed=()
for target in "${targets[@]}"; do
    printf '\n== %s\n' "$target"
    mkdir -p "corpus/$target" "artifacts/$target" "$seeds/$target"
    kept="corpus/$target"
    # What grows out of code of others is not kept.
    if [ -n "${FUZZ_SOURCE:-}" ]; then
        kept="$seeds/grown-$target"
        mkdir -p "$kept"
    fi
    options=(-max_total_time="$seconds" -timeout="$timeout" -rss_limit_mb=512 -max_len=16384 -print_final_stats=1)
    options+=(-artifact_prefix="artifacts/$target/")
    words="dictionaries/$(dictionary "$target").dict"
    [ ! -f "$words" ] || options+=(-dict="$words")
    code=0
    "target/x86_64-unknown-linux-gnu/release/$target" "${options[@]}" "$kept" "corpus/$target" "$seeds/$target" \
        > "$seeds/log" 2>&1 || code=$?
    grep -aE '^(Done|stat::|==|SUMMARY|ALARM|thread|artifact_prefix)|panicked|INITED' "$seeds/log" || true
    [ "$code" -eq 0 ] || failed+=("$target")
done

if [ "${#failed[@]}" -gt 0 ]; then
    printf 'failed: %s\n' "${failed[*]}" >&2
    exit 1
fi
