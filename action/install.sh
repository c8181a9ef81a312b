#!/usr/bin/env bash
# Puts the keyless of one version in place: a release, verified, or built from the action's own code.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=action/common.sh
. "$here/common.sh"

repository=keyless-dev/keyless

own_version() {
    sed -n '/^\[package\]/,/^\[/s/^version *= *"\([^"]*\)".*/\1/p' "$here/../Cargo.toml"
}

target() {
    case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
        Linux-X64) echo x86_64-unknown-linux-musl ;;
        Linux-ARM64) echo aarch64-unknown-linux-musl ;;
        macOS-X64) echo x86_64-apple-darwin ;;
        macOS-ARM64) echo aarch64-apple-darwin ;;
        Windows-X64) echo x86_64-pc-windows-msvc ;;
        # Windows runs programs of X64 there.
        Windows-ARM64) echo x86_64-pc-windows-msvc ;;
        *) fail "there is no release for ${RUNNER_OS:-this system} on ${RUNNER_ARCH:-this processor}; 'version: source' builds one" ;;
    esac
}

sha256() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum <"$1"
    elif command -v shasum >/dev/null 2>&1; then
        shasum -a 256 <"$1"
    else
        fail 'neither sha256sum nor shasum is on this runner, so nothing that is downloaded can be verified'
    fi | cut -d ' ' -f 1
}

# The checksum of a file as a list has it: `<64 digits>  <name>`, one a line.
listed() {
    awk -v name="$2" '{ sub(/\r$/, "") } $2 == name || $2 == "*" name { print tolower($1) }' "$1" | sort -u
}

download() {
    local protocol
    case $1 in
        https://*) protocol='=https' ;;
        file://*) protocol='=file' ;;
        *) fail "download-url has to begin with https:// or file://" ;;
    esac
    curl --proto "$protocol" --proto-redir "$protocol" --tlsv1.2 --fail --location --silent --show-error \
        --retry 3 --output "$2" -- "$1" ||
        fail "$(harmless "$1") cannot be downloaded"
}

# Beside a checksum, what only this project's release workflow can have said of the archive, where gh can ask for it.
attested() {
    if [ -n "${INPUT_DOWNLOAD_URL##https://github.com/"$repository"/*}" ] || [ -z "${GH_TOKEN:-}" ] ||
        [ "${GITHUB_SERVER_URL:-}" != https://github.com ] || ! command -v gh >/dev/null 2>&1; then
        warning "the checksum of $archive is the release's own, which shows damage and no forgery: this version of the action does not know it, and its attestation cannot be asked for here"
        return
    fi
    gh attestation verify "$1" --repo "$repository" \
        --signer-workflow "$repository/.github/workflows/release.yml" --source-ref "refs/tags/v$version" ||
        fail "$archive has no attestation of $repository's release workflow"
}

install_release() {
    local archive folder wanted got known
    archive="keyless-$version-$(target).tar.gz"
    folder=$(mktemp -d "$RUNNER_TEMP/keyless-bin.XXXXXX")
    download "${INPUT_DOWNLOAD_URL%/}/v$version/$archive" "$folder/$archive"

    wanted=$(listed "$here/checksums.txt" "$archive")
    known=$wanted
    if [ -z "$wanted" ]; then
        download "${INPUT_DOWNLOAD_URL%/}/v$version/checksums.txt" "$folder/checksums.txt"
        wanted=$(listed "$folder/checksums.txt" "$archive")
    fi
    [[ $wanted =~ ^[0-9a-f]{64}$ ]] || fail "the list of checksums of v$version does not have $archive, once"
    got=$(sha256 "$folder/$archive")
    [ "$got" = "$wanted" ] || fail "$archive has the checksum $got, expected $wanted: not run"
    [ -n "$known" ] || attested "$folder/$archive"

    # Names in the archive are ours by now; only this one is taken.
    binary="$folder/keyless$suffix"
    # Not by name: tar takes what stands before a colon, as in D:/, for a host.
    tar -xzf - -C "$folder" "keyless$suffix" <"$folder/$archive" || fail "$archive does not hold keyless$suffix"
    chmod +x "$binary"
}

build() {
    command -v cargo >/dev/null 2>&1 || fail "'version: source' needs cargo, which is not on this runner"
    local built=${CARGO_TARGET_DIR:-$RUNNER_TEMP/keyless-target}
    # From there, so that no configuration of cargo in the checked code is read.
    (cd "$here/.." && cargo build --release --locked --bin keyless --target-dir "$built") || fail 'keyless cannot be built'
    binary="$built/release/keyless$suffix"
}

suffix=
[ "${RUNNER_OS:-}" != Windows ] || suffix=.exe
RUNNER_TEMP=$(native "${RUNNER_TEMP:?}")
version=${INPUT_VERSION:-}
version=${version#v}
case $version in
    source) build ;;
    latest) fail "there is no 'latest': name a version, or none for the one of this action, so that what runs is what was reviewed" ;;
    *)
        version=${version:-$(own_version)}
        [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] ||
            fail "'$(harmless "$version")' is no version, such as 0.1.0, and not 'source'"
        install_release
        ;;
esac

said=$("$binary" --version) || fail 'keyless does not run on this machine'
output binary "$binary"
output version "${said#keyless }"
