#!/usr/bin/env bash
# Synthesizes both apps anew, as on a machine where they stand at /workspace/<app>: with the last release of CDK for
# Terraform, and with an early one that kept the stack frames of every block. Needs node and npm.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
machine=$(mktemp -d)
trap 'rm -rf "$machine"' EXIT

synthesize() {
    local app=$1 cdktf=$2 constructs=$3
    mkdir "$machine/$app"
    cp "$here/$app/main.js" "$machine/$app"
    cd "$machine/$app"
    npm install --no-audit --no-fund --no-save --loglevel=error "cdktf@$cdktf" "constructs@$constructs"
    node main.js
    find cdktf.out -name cdk.tf.json -exec sed -i "s#$machine#/workspace#g" {} +
    rm -rf "$here/$app/cdktf.out"
    cp -R cdktf.out "$here/$app/cdktf.out"
}

synthesize edge 0.21.0 10.8.1
synthesize first 0.2.2 3.4.344
