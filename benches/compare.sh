#!/usr/bin/env bash
# keyless against `rg`, in one run on the same files, with a warm page cache: ratios, since absolute times mean nothing
# on a shared machine. Prints a table; figures that were measured stand in benches/README.md.
#
#   benches/compare.sh [FOLDER]     FOLDER defaults to the largest public repository beside this one
#
# Needs `rg` and Python 3; RUNS (default 15) is how often each command is run.
set -euo pipefail
cd "$(dirname "$0")/.."

corpora="${KEYLESS_SHARED:-../shared}/corpora"
tree="${1:-$corpora/modernisation-platform-environments}"
if [ ! -d "$tree" ]; then
    echo "no folder at $tree: name one" >&2
    exit 2
fi
command -v rg > /dev/null || { echo "rg is not installed" >&2; exit 2; }

cargo build --release --quiet
one="$(mktemp -d)"
trap 'rm -rf "$one"' EXIT
cp benches/one-file.tf "$one/main.tf"

KEYLESS="$PWD/target/release/keyless" TREE="$tree" ONE="$one/main.tf" RUNS="${RUNS:-15}" python3 - << 'PYTHON'
import os, resource, statistics, subprocess, time

KEYLESS, RUNS = os.environ["KEYLESS"], int(os.environ["RUNS"])


def run(command):
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(child.pid, 0)
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def compare(title, path, runs):
    commands = {
        "rg": ["rg", "-c", "AKIA", "--no-ignore", "--hidden", path],
        "keyless": [KEYLESS, "check", "--format", "concise", path],
    }
    figures = {name: [] for name in commands}
    for turn in range(runs + 2):
        for name, command in commands.items():
            figure = run(command)
            if turn >= 2:  # the first two warm the page cache
                figures[name].append(figure)
    print(f"\n{title}\n{'':10}{'wall ms':>10}{'best ms':>10}{'CPU ms':>10}{'peak MB':>10}")
    median = {}
    for name, rows in figures.items():
        wall, cpu, peak = (statistics.median(column) for column in zip(*rows))
        best = min(row[0] for row in rows)
        median[name] = (wall, best)
        print(f"{name:10}{wall * 1000:10.1f}{best * 1000:10.1f}{cpu * 1000:10.1f}{peak:10.1f}")
    ratio = [keyless / rg for keyless, rg in zip(median["keyless"], median["rg"])]
    print(f"keyless / rg: {ratio[0]:.1f} by medians, {ratio[1]:.1f} by the best runs")


compare(f"the tree {os.environ['TREE']}", os.environ["TREE"], RUNS)
compare("one file of 60 lines, cold", os.environ["ONE"], RUNS * 4)
PYTHON
