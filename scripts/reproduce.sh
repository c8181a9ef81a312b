#!/usr/bin/env bash
# Builds what is committed twice, in folders of other names, with nothing kept from one to the other, and says whether the
# same program came of it: scripts/reproduce.sh [TARGET]. Prints its SHA-256, to be held against that of a release's.
set -euo pipefail
cd "$(dirname "$0")/.."

target=${1:-$(rustc -vV | sed -n 's/^host: //p')}
suffix=
[[ $target != *-windows-* ]] || suffix=.exe
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

sums=()
for place in one 'another/place below'; do
    git clone --quiet --no-hardlinks . "$folder/$place"
    CARGO_TARGET_DIR="$folder/$place/target" "$folder/$place/scripts/build.sh" "$target" >&2
    sum=$(sha256sum "$folder/$place/target/$target/release/keyless$suffix")
    sums+=("${sum%% *}")
    rm -rf "${folder:?}/$place"
done
if [ "${sums[0]}" != "${sums[1]}" ]; then
    echo "two builds of $(git rev-parse HEAD) are not the same: ${sums[*]}" >&2
    exit 1
fi
echo "${sums[0]}  keyless$suffix"
