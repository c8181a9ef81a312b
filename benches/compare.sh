#!/usr/bin/env bash
# keyless against `rg`, and against checkov, cfn-guard and gitleaks where they are installed: in one run on the same files, by
# turns, with a warm page cache and no cache of our own. Ratios, since absolute times mean nothing on a shared machine;
# figures that were measured stand in benches/README.md.
#
#   benches/compare.sh [PATH...]
#
# Without a PATH: `--help`, one small file, trees, templates and plans that are made here, and the public repositories
# beside this one (or in $KEYLESS_SHARED), each by itself and all at once.
#
# Needs `rg` and Python 3. KEYLESS names another binary than the one that is built here. RUNS (default 15) is how often a command is run; the others are run once on each input,
# for PEER_SECONDS (default 120) at most, 0 to leave them out.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v rg > /dev/null || { echo "rg is not installed" >&2; exit 2; }

[ -n "${KEYLESS:-}" ] || cargo build --release --quiet
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

KEYLESS="${KEYLESS:-${CARGO_TARGET_DIR:-target}/release/keyless}" WORK="$work" CORPORA="${KEYLESS_SHARED:-../shared}/corpora" \
    RUNS="${RUNS:-15}" PEER_SECONDS="${PEER_SECONDS:-120}" python3 - "$@" << 'PYTHON'
import os, pathlib, shutil, statistics, subprocess, sys, time

KEYLESS, RUNS, PEER_SECONDS = os.environ["KEYLESS"], int(os.environ["RUNS"]), float(os.environ["PEER_SECONDS"])
WORK, CORPORA = pathlib.Path(os.environ["WORK"]), pathlib.Path(os.environ["CORPORA"])
RULE = WORK / "profile.guard"
RULE.write_text("rule profile when Resources !empty {\n    Resources.*[ Type == 'AWS::EC2::Instance' ] { Properties.IamInstanceProfile exists }\n}\n")


def run(command, seconds=None):
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while seconds is not None and os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.perf_counter() - started > seconds:
            child.kill()
            child.wait()
            return None
        time.sleep(0.01)
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def peers(path):
    """What does something like it, as its users run it over the same files, without a network."""
    path, is_folder = str(path), path.is_dir()
    is_template = not is_folder and path.endswith((".yaml", ".json"))
    all = {
        "checkov": ["checkov", "-d" if is_folder else "-f", path, "--compact", "--quiet", "--skip-download"],
        "gitleaks": ["gitleaks", "detect", "--no-git", "--no-banner", "--source", path],
    }
    if is_template:
        all["cfn-guard"] = ["cfn-guard", "validate", "--rules", str(RULE), "--data", path, "--show-summary", "none"]
    return {name: command for name, command in all.items() if PEER_SECONDS and shutil.which(name)}


def line(name, wall, best, cpu, peak, against=""):
    print(f"  {name:10}{wall * 1000:11.1f}{best * 1000:11.1f}{cpu * 1000:11.1f}{peak:9.1f}  {against}", flush=True)


def compare(title, commands, others, runs):
    figures = {name: [] for name in commands}
    for turn in range(runs + 2):
        for name, command in commands.items():
            figure = run(command)
            if turn >= 2:  # the first two warm the page cache
                figures[name].append(figure)
    print(f"\n{title}\n  {'':10}{'wall ms':>11}{'best ms':>11}{'CPU ms':>11}{'peak MB':>9}  times rg")
    of_rg = None
    for name, rows in figures.items():
        wall, cpu, peak = (statistics.median(column) for column in zip(*rows))
        best, least = min(row[0] for row in rows), min(row[1] for row in rows)
        of_rg = of_rg or (wall, best, least)
        ratios = [a / max(b, 1e-9) for a, b in zip((wall, best), of_rg)]
        line(name, wall, best, cpu, peak, f"{ratios[0]:.1f} by medians, {ratios[1]:.1f} by the best runs")
    for name, command in others.items():
        figure = run(command, PEER_SECONDS)
        if figure is None:
            print(f"  {name:10} not done after {PEER_SECONDS:.0f} s")
        else:
            line(name, figure[0], figure[0], *figure[1:], f"{figure[0] / of_rg[0]:.0f}")


def compare_on(title, path, runs):
    commands = {
        "rg": ["rg", "-c", "AKIA", "--no-ignore", "--hidden", str(path)],
        "keyless": [KEYLESS, "check", "--format", "concise", str(path)],
    }
    compare(title, commands, peers(path), runs)


def size(path):
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return f"{len(files):,} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB"


def make(script, *arguments):
    subprocess.run([sys.executable, f"benches/{script}", *map(str, arguments)], check=True)


if sys.argv[1:]:
    for path in map(pathlib.Path, sys.argv[1:]):
        compare_on(f"{path}: {size(path)}", path, RUNS)
    sys.exit()

compare("--help", {"rg": ["rg", "--help"], "keyless": [KEYLESS, "--help"]}, {}, RUNS * 4)
(WORK / "one").mkdir()
shutil.copy("benches/one-file.tf", WORK / "one/main.tf")
compare_on("one file of 60 lines, cold", WORK / "one/main.tf", RUNS * 4)
for roots in 100, 200, 400, 800:
    make("tree.py", WORK / f"tree{roots}", roots)
    compare_on(f"a tree of {roots} root modules that share others: {size(WORK / f'tree{roots}')}", WORK / f"tree{roots}", RUNS)
make("templates.py", WORK, 22)
for file in WORK / "t.json", WORK / "t.yaml":
    compare_on(f"a template, {file.suffix[1:]}: {size(file)}", file, RUNS)
for kind, megabytes in ("alike", 10), ("apart", 10), ("alike", 100), ("apart", 100):
    make("plans.py", kind, megabytes, WORK / "plan.json")
    compare_on(f"a plan, instances {kind}: {size(WORK / 'plan.json')}", WORK / "plan.json", max(3, RUNS // 3))
if CORPORA.is_dir():
    for corpus in sorted(path for path in CORPORA.iterdir() if path.is_dir()):
        compare_on(f"{corpus.name}: {size(corpus)}", corpus, RUNS)
    compare_on(f"all of them: {size(CORPORA)}", CORPORA, RUNS)
else:
    print(f"\nno public repositories at {CORPORA}: left out")
PYTHON
