#!/usr/bin/env bash
# How fast templates are read: one of the given size made by repeating real resources, as JSON (what the CDK writes,
# indented by one) and as YAML. All cores, unless RAYON_NUM_THREADS says fewer. Figures that were measured stand in
# benches/README.md.
#
#   benches/template.sh [MEGABYTES...]     22 and 50 by default
#
# Needs Python 3.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
[ $# -gt 0 ] || set -- 22 50
for size in "$@"; do
    python3 benches/templates.py "$folder" "$size"
    KEYLESS="$PWD/target/release/keyless" FOLDER="$folder" python3 - << 'PYTHON'
import os, pathlib, subprocess, time

for name in "json", "yaml":
    file = pathlib.Path(os.environ["FOLDER"]) / f"t.{name}"
    rows = {}
    for turn in range(6):
        for title, command in (
            ("rg", ["rg", "-c", "AKIA", str(file)]),
            ("keyless", [os.environ["KEYLESS"], "check", "--format", "concise", str(file)]),
        ):
            started = time.perf_counter()
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(child.pid, 0)
            if turn:  # the first warms the page cache
                row = time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
                rows.setdefault(title, []).append(row)
    size, best = file.stat().st_size / 1e6, {title: [min(column) for column in zip(*of)] for title, of in rows.items()}
    (took, processor, memory), (rg, *_) = best["keyless"], best["rg"]
    print(f"{name}: {size:.0f} MB in {took:.2f} s, {size / took:.0f} MB/s, {processor:.2f} s of the processor, "
          f"{memory:.0f} MB of memory, {took / rg:.1f} times rg, exit code {os.waitstatus_to_exitcode(status)}")
PYTHON
done
