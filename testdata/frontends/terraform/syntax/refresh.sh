#!/bin/sh
# Ask `terraform fmt` for the verdict on each case, and `terraform console` for the values of values.tf.
# Verdicts and values in the repository are Terraform 1.11.4's.
set -eu
cd "$(dirname "$0")"
export LC_ALL=C TF_CLI_CONFIG_FILE=/dev/null
for case in *.tf; do
    [ "$case" = values.tf ] && continue
    if terraform fmt - <"$case" >/dev/null 2>&1; then verdict=accept; else verdict=reject; fi
    echo "$verdict ${case%.tf}"
done >verdicts.txt
folder=$(mktemp -d)
cp values.tf ./*.tmpl "$folder/"
(cd "$folder" && echo 'jsonencode(local.values)' | terraform console -no-color) >values.json
rm -r "$folder"
