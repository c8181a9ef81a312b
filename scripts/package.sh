#!/usr/bin/env bash
# Packs a release: scripts/package.sh TARGET TAG FOLDER, with target/TARGET/release/keyless built. The program that packs is
# the one that is packed, so it has run on its own system once.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$1 tag=$2 out=$3
suffix=
[[ $target != *-windows-* ]] || suffix=.exe
binary="${CARGO_TARGET_DIR:-target}/$target/release/keyless$suffix"

version=$("$binary" --version)
version=${version#keyless }
if [ "v$version" != "$tag" ]; then
    echo "the tag is $tag, but Cargo.toml says $version" >&2
    exit 1
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$binary" LICENSE README.md "$folder"
mkdir "$folder/completions"
for shell in bash zsh fish powershell elvish; do
    "$binary" completions "$shell" > "$folder/completions/keyless.$shell"
done
"$binary" man --output-dir "$folder/man"

mkdir -p "$out"
tar -czf "$out/keyless-$version-$target.tar.gz" -C "$folder" "keyless$suffix" LICENSE README.md completions man
