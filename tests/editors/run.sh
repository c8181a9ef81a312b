#!/usr/bin/env bash
# Tries what docs/editors.md tells people to copy, as it stands there, in the editors that are here: KEYLESS_BIN is the program,
# KEYLESS_TOOLS the folder of .ci/lint --install, which has a new Neovim.
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=$(realpath "${KEYLESS_BIN:-target/debug/keyless}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/programs"
ln -s "$bin" "$folder/programs/keyless"
export PATH="$folder/programs:$PATH"

# recipe NAME FILE: the block of the page behind `<!-- recipe: NAME -->`.
recipe() {
    awk -v name="<!-- recipe: $1 -->" '
        $0 == name { found = 1; next }
        found && /^```/ { if (inside) exit; inside = 1; next }
        inside { print }
    ' docs/editors.md > "$2"
    [ -s "$2" ] || { echo "docs/editors.md has no recipe $1" >&2; return 1; }
}

# A home and a repository of their own; the sources are not to change.
home() {
    export HOME="$folder/$1"
    export XDG_CONFIG_HOME="$HOME/config" XDG_DATA_HOME="$HOME/data" XDG_STATE_HOME="$HOME/state" XDG_CACHE_HOME="$HOME/cache"
    mkdir -p "$HOME/repository/.git"
    cp testdata/editors/* "$HOME/repository"
}

passed=0 failed=0 skipped=0

# try NAME PROGRAM COMMAND…: in the repository.
try() {
    local name=$1
    shift
    echo "-- $name"
    if (cd "$HOME/repository" && timeout 90 "$@"); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $name" >&2
    fi
}

skip() {
    echo "-- $1"
    echo "skipped: $2"
    skipped=$((skipped + 1))
}

script=$(pwd)/tests/editors

# The form of Neovim 0.11 and newer where that is, the older form in what the distribution has.
for nvim in "${KEYLESS_TOOLS:-/nonexistent}/nvim" "$(command -v nvim || true)"; do
    [ -x "$nvim" ] || { skip "Neovim" "not at ${nvim:-PATH}"; continue; }
    version=$("$nvim" --version | sed -n '1s/^NVIM v//p')
    case $version in
        0.[0-9].* | 0.10.*) form=neovim-older ;;
        *) form=neovim ;;
    esac
    home "neovim-$version"
    mkdir -p "$XDG_CONFIG_HOME/nvim"
    recipe "$form" "$XDG_CONFIG_HOME/nvim/init.lua"
    try "Neovim $version ($form)" "$nvim" --headless -i NONE -n -c "luafile $script/neovim.lua"
done

if command -v emacs >/dev/null; then
    version=$(emacs --version | sed -n '1s/^GNU Emacs //p')
    for client in eglot lsp-mode; do
        if ! emacs --batch -q --eval '(package-initialize)' --eval "(require '$client)" >/dev/null 2>&1; then
            skip "Emacs $version, $client" 'not installed'
            continue
        fi
        home "emacs-$client"
        recipe "$client" "$HOME/recipe.el"
        KEYLESS_RECIPE="$HOME/recipe.el" try "Emacs $version, $client" emacs --batch -q -l "$script/$client.el"
    done
else
    skip Emacs 'not on the PATH'
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
