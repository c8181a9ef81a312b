#!/usr/bin/env bash
# Packages the extension of VS Code for a release: scripts/vsix.sh TAG ARCHIVES FOLDER. ARCHIVES has what scripts/package.sh made; each of
# the packages but the last brings the program of its system with it.
set -euo pipefail
cd "$(dirname "$0")/.."

tag=$1
archives=$(cd "$2" && pwd)
mkdir -p "$3"
out=$(cd "$3" && pwd)
cd editors/vscode

version=$(node --print 'require("./package.json").version')
if [ "v$version" != "$tag" ]; then
    echo "the tag is $tag, but editors/vscode/package.json says $version" >&2
    exit 1
fi

# package TARGET PLATFORM…: the same program for each platform.
package() {
    local target=$1 platform
    shift
    rm -rf bin
    mkdir bin
    case $target in
        *-windows-*) tar -xzf "$archives/keyless-$version-$target.tar.gz" -C bin keyless.exe ;;
        *) tar -xzf "$archives/keyless-$version-$target.tar.gz" -C bin keyless && chmod 755 bin/keyless ;;
    esac
    for platform in "$@"; do
        npx --no-install vsce package --no-dependencies --target "$platform" --out "$out/keyless-vscode-$version-$platform.vsix"
    done
}

package x86_64-unknown-linux-musl linux-x64 alpine-x64
package aarch64-unknown-linux-musl linux-arm64 alpine-arm64
package x86_64-apple-darwin darwin-x64
package aarch64-apple-darwin darwin-arm64
package x86_64-pc-windows-msvc win32-x64

rm -rf bin
npx --no-install vsce package --no-dependencies --out "$out/keyless-vscode-$version.vsix"
