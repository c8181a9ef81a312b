# shellcheck shell=bash
# What the steps of the action share. Nothing of GitHub is evaluated here: every value comes by environment.
# Written for bash 3.2, which macOS has.
set -euo pipefail

# A text that the runner takes for no command of its own, whoever wrote it.
harmless() {
    printf '%s' "$1" | tr '\r\n' '  ' | sed -e 's/::/: :/g' -e 's/##\[/## [/g'
}

# The escapes of a workflow command's message.
message() {
    local text=${1//'%'/%25}
    text=${text//$'\r'/%0D}
    printf '%s' "${text//$'\n'/%0A}"
}

notice() { printf '::notice title=keyless::%s\n' "$(message "$1")"; }
warning() { printf '::warning title=keyless::%s\n' "$(message "$1")"; }

# On standard error, since standard output may be on its way into a variable; the runner reads both.
fail() {
    printf '::error title=keyless::%s\n' "$(message "$1")" >&2
    exit 2
}

# Only for values of one line that are ours.
output() {
    case $2 in
        *$'\n'* | *$'\r'*) fail "the value of the output $1 has more than one line" ;;
    esac
    printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

# A path as programs of this machine take it, which on Windows is not as bash has it.
native() {
    if command -v cygpath >/dev/null 2>&1; then cygpath -m "$1"; else printf '%s' "$1"; fi
}
