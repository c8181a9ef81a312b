#!/usr/bin/env bash
# Synthesizes every app here anew with the real aws-cdk-lib, as on a machine where it stands at /workspace/<app>.
# Needs node, npm and python3. Run it, then look at `git diff`.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
machine=$(mktemp -d)
trap 'rm -rf "$machine"' EXIT

cp package.json package-lock.json requirements.txt "$machine"
(cd "$machine" && npm ci --no-audit --no-fund)
python3 -m venv "$machine/venv"
"$machine/venv/bin/pip" install --quiet --requirement requirements.txt

# What keyless reads stays: no tree, no asset bundles, no report of other plugins, no feature flags.
tidy() {
    local app=$1 out=$2
    find "$out" \( -name tree.json -o -name validation-report.json -o -name '.cache' \) -exec rm -rf {} +
    find "$out" -mindepth 1 \( -name 'asset.*' -o -name '*.zip' \) -prune -exec rm -rf {} +
    node "$here/tidy.js" "$out" "$machine" /workspace
    rm -rf "$here/$app"
    mkdir -p "$(dirname "$here/$app")"
    cp -R "$out" "$here/$app"
}

export CDK_VALIDATION=false JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION=1
for app in shop fleet intake legacy mono quiet first second; do
    mkdir "$machine/$app"
    (cd "$here/$app" && tar cf - --exclude=cdk.out --exclude=dist .) | tar xf - -C "$machine/$app"
done

cd "$machine/shop" && CDK_OUTDIR=cdk.out npx tsx bin/shop.ts
tidy shop/cdk.out "$machine/shop/cdk.out"

cd "$machine/fleet" && CDK_OUTDIR=cdk.out node app.js
tidy fleet/cdk.out "$machine/fleet/cdk.out"

# Python's frames are there only when the runtime is asked to send them.
cd "$machine/intake" && CDK_OUTDIR=cdk.out JSII_HOST_STACK_TRACES=1 "$machine/venv/bin/python" app.py
tidy intake/cdk.out "$machine/intake/cdk.out"

# Compiled before it runs: frames are those of the JavaScript, and a map leads back.
cd "$machine/legacy" && npx tsc -p . && LEGACY_HOME=$PWD CDK_OUTDIR=cdk.out node dist/app.js
tidy legacy/cdk.out "$machine/legacy/cdk.out"
rm -rf "$here/legacy/dist" && cp -R dist "$here/legacy/dist"

cd "$machine/mono" && mkdir node_modules && mkdir node_modules/@mono && ln -s ../../packages/constructs node_modules/@mono/constructs
cd packages/infra && CDK_OUTDIR=cdk.out node bin/infra.js
tidy mono/packages/infra/cdk.out "$machine/mono/packages/infra/cdk.out"

cd "$machine/quiet" && CDK_OUTDIR=cdk.out npx tsx app.ts
tidy quiet/cdk.out "$machine/quiet/cdk.out"

# The first version of the library, and an early one of the second, which keeps frames for `cdk synth --debug` only.
for library in 'first @aws-cdk/core@1.204.0 @aws-cdk/aws-ec2@1.204.0 @aws-cdk/aws-iam@1.204.0' \
    'second aws-cdk-lib@2.60.0 constructs@10.0.130'; do
    read -r app packages <<<"$library"
    cd "$machine/$app"
    # Of a folder of their own, not of the one above.
    echo '{"private": true}' >package.json
    # shellcheck disable=SC2086
    npm install --no-audit --no-fund --no-save --loglevel=error $packages
    CDK_DEBUG=1 CDK_OUTDIR=cdk.out node app.js
    tidy "$app/cdk.out" "$machine/$app/cdk.out"
done
