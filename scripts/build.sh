#!/usr/bin/env bash
# Builds keyless as releases are built, so that whoever has the same compiler gets the same bytes, whatever folder it is done
# in: scripts/build.sh TARGET. Needs nothing that a checkout does not have.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$1
here=$PWD home=${CARGO_HOME:-$HOME/.cargo}
made=${CARGO_TARGET_DIR:-$here/target}
if command -v cygpath >/dev/null; then
    here=$(cygpath --windows "$here") home=$(cygpath --windows "$home") made=$(cygpath --windows "$made")
fi
# One flag a part: folders may have spaces in their names.
flags=("--remap-path-prefix=$here=/keyless" "--remap-path-prefix=$home=/cargo" "--remap-path-prefix=$made=/keyless/target")
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && echo "${flags[*]}")
export CARGO_ENCODED_RUSTFLAGS
unset RUSTFLAGS
# The allocator is C.
case $target in
    *-msvc) ;;
    *)
        maps=$(printf ' %q' "-ffile-prefix-map=$home=/cargo" "-ffile-prefix-map=$here=/keyless")
        # As a shell would read them: for spaces once more.
        export CFLAGS="${CFLAGS:-}$maps" CC_SHELL_ESCAPED_FLAGS=1
        ;;
esac
# What asks for a time gets that of the commit.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH CARGO_INCREMENTAL=0
# 5 % fewer instructions and a quarter less to download, for a build that takes twice as long: too long to wait for while developing.
export CARGO_PROFILE_RELEASE_LTO=fat CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1
cargo build --release --locked --bin keyless --target "$target"
