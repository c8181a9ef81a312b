#!/usr/bin/env bash
# Writes the bill of materials of a release, in CycloneDX's JSON: scripts/sbom.sh TAG FOLDER. Needs cargo-cyclonedx.
set -euo pipefail
cd "$(dirname "$0")/.."

tag=$1 out=$2
# The same of the same commit.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
# Of every target, since all archives go by it.
cargo cyclonedx --format json --target all --no-build-deps --override-filename keyless.cdx
mkdir -p "$out"
mv keyless.cdx.json "$out/keyless-${tag#v}.cdx.json"
