#!/usr/bin/env bash
# One run of keyless: annotations, job summary, SARIF, JSON, and the exit code that is the gate.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=action/common.sh
. "$here/common.sh"

# What GitHub takes of a summary, a step.
most=$((1024 * 1024))

folder=$(mktemp -d "$(native "${RUNNER_TEMP:?}")/keyless.XXXXXX")

arguments=(
    --format github
    --format "json=$folder/keyless.json"
    --format "sarif=$folder/keyless.sarif"
    --format "markdown=$folder/summary.md"
    # Code scanning knows no suppressions: each would be an open alert.
    --hide-suppressed
)
paths=()

# Appends each line of $2 that is not empty: to `paths`, to `arguments`, or to these as the value of a flag.
each() {
    local line
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        [ -n "$line" ] || continue
        case $1 in
            paths) paths+=("$line") ;;
            arguments) arguments+=("$line") ;;
            *) arguments+=("$1=$line") ;;
        esac
    done <<<"$2"
}

# With `=`, so that a value is never taken for a flag.
[ -z "${BASE:-}" ] || arguments+=("--changed-since=$BASE")
[ -z "${INPUT_FAIL_ON:-}" ] || arguments+=("--fail-on=$INPUT_FAIL_ON")
[ -z "${INPUT_CONFIG:-}" ] || arguments+=("--config=$INPUT_CONFIG")
[ -z "${INPUT_BASELINE:-}" ] || arguments+=("--baseline=$INPUT_BASELINE")
case ${INPUT_STRICT:-false} in
    true) arguments+=(--strict) ;;
    false) ;;
    *) fail "strict is either 'true' or 'false'" ;;
esac
each --var-file "${INPUT_VAR_FILES:-}"
each arguments "${INPUT_ARGS:-}"
each paths "${INPUT_PATHS:-}"
[ "${#paths[@]}" -gt 0 ] || paths=(.)

code=0
# Bash on Windows would rewrite arguments that look like paths of its own.
MSYS_NO_PATHCONV=1 MSYS2_ARG_CONV_EXCL='*' \
    "$KEYLESS" check "${arguments[@]}" -- "${paths[@]}" 2>"$folder/stderr" || code=$?
# What it says of arguments may hold anything.
sed -e 's/::/: :/g' -e 's/##\[/## [/g' "$folder/stderr"

# The step's summary is appended to: other steps and jobs have theirs.
if [ -s "$folder/summary.md" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    if [ "$(wc -c <"$folder/summary.md")" -le "$most" ]; then
        cat "$folder/summary.md" >>"$GITHUB_STEP_SUMMARY"
    else
        printf 'keyless found more than a job summary holds: see the annotations and the SARIF file.\n' >>"$GITHUB_STEP_SUMMARY"
    fi
fi

# Counted by lines of our own, which no text of a report can look like: it has no line breaks.
findings=
existing=
if [ -s "$folder/keyless.json" ]; then
    read -r findings existing < <(awk '
        { sub(/\r$/, "") }
        /^  "findings": \[/ { inside = 1 }
        /^  \]/ { inside = 0 }
        inside && /^      "existing": true/ { existing++ }
        inside && /^      "existing": false/ { findings++ }
        END { print findings + 0, existing + 0 }
    ' "$folder/keyless.json")
    output json "$folder/keyless.json"
fi
[ ! -s "$folder/keyless.sarif" ] || output sarif "$folder/keyless.sarif"
output findings "$findings"
output existing "$existing"
output exit-code "$code"

case $code in
    0 | 1) ;;
    2) printf '::error title=keyless::%s\n' 'Something could not be judged, see the log of this step' ;;
    *) fail "keyless did not end by itself: exit code $code" ;;
esac
exit "$code"
