#!/usr/bin/env bash
# Finds the commit that the change began at. Whatever is fetched for it is fetched here: keyless has no network.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=action/common.sh
. "$here/common.sh"

# How many commits of a merge group are asked for, until the one that it began at is reached.
depths='2 16 128 1024'

# In a container the work tree is another user's. Nobody is there to be asked for a password.
export GIT_TERMINAL_PROMPT=0 GCM_INTERACTIVE=never
repository() { git -c safe.directory='*' "$@"; }

everything() {
    notice "Everything gates, not the change alone: $1"
    output base ''
    exit 0
}

is_commit() { [[ $1 =~ ^([0-9a-f]{40}|[0-9a-f]{64})$ ]]; }

has() { repository cat-file -e "$1^{commit}" 2>/dev/null; }

reaches() { repository merge-base --is-ancestor "$1" HEAD 2>/dev/null; }

# The parents as they are written in the commit, whether or not a shallow clone has them.
parent() { repository cat-file commit HEAD | sed -n -e '/^$/q' -e 's/^parent //p' | sed -n "$1p"; }

# With what the checkout left, or else with the job's own token, by environment: arguments are for all to see.
fetch() {
    repository fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head "$@" && return
    [ -n "${FETCH_TOKEN:-}" ] || return 1
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.${GITHUB_SERVER_URL:-https://github.com}/.extraheader" \
        GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$FETCH_TOKEN" | base64 | tr -d '\n')" \
        repository fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head "$@"
}

# GitHub's own merge of the pull request has the base as its first parent.
pull_request() {
    if [ "$(parent 2)" = "$PULL_REQUEST_HEAD" ]; then
        has 'HEAD^1' || everything "the checkout has no commit before the merge; give actions/checkout 'fetch-depth: 2'"
        output base 'HEAD^1'
    elif ! reaches "$PULL_REQUEST_HEAD"; then
        # As on pull_request_target, where it is the target: compared with itself nothing would ever be new.
        everything "what is checked out does not have this pull request's commit $PULL_REQUEST_HEAD"
    elif is_commit "${PULL_REQUEST_BASE:-}" && has "$PULL_REQUEST_BASE"; then
        output base "$PULL_REQUEST_BASE"
    else
        everything "what is checked out is not GitHub's merge of this pull request, and its base is not here; let actions/checkout take its default ref with 'fetch-depth: 2'"
    fi
}

merge_group() {
    is_commit "${MERGE_GROUP_BASE:-}" || everything 'the event names no base'
    local depth head
    head=$(repository rev-parse HEAD)
    for depth in $depths; do
        ! reaches "$MERGE_GROUP_BASE" || break
        fetch --depth="$depth" origin "$head" || break
    done
    reaches "$MERGE_GROUP_BASE" || everything "the merge group's base $MERGE_GROUP_BASE cannot be fetched"
    output base "$MERGE_GROUP_BASE"
}

wanted=${INPUT_CHANGED_SINCE:-auto}
case $wanted in
    off) output base '' ;;
    auto)
        case ${GITHUB_EVENT_NAME:-} in
            pull_request | pull_request_target | pull_request_review | merge_group)
                repository rev-parse --quiet --verify HEAD >/dev/null 2>&1 ||
                    everything 'the workspace is no git repository; check it out with actions/checkout'
                ;;
        esac
        case ${GITHUB_EVENT_NAME:-} in
            merge_group) merge_group ;;
            pull_request | pull_request_target | pull_request_review) pull_request ;;
            *) output base '' ;;
        esac
        ;;
    *) output base "$wanted" ;;
esac
