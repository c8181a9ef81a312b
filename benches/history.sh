#!/usr/bin/env bash
# keyless check --history against `git log -p --all | rg -c AKIA`, in one run on the same repository, with a warm page cache.
# The repository is made for it: 400 files of code in 80 folders, and as many of other kinds; each commit changes some lines
# of one to three of each, every tenth file is renamed once, and twenty keys come and go. Packed as a clone is.
#
#   benches/history.sh [COMMITS]     5000 by default; of KEEP=FOLDER the repository stays, and is used again
#
# Needs `git`, `rg` and Python 3; RUNS (default 7) is how often each command is run.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v rg > /dev/null || { echo "rg is not installed" >&2; exit 2; }

[ -n "${KEYLESS:-}" ] || cargo build --release --quiet
folder="${KEEP:-$(mktemp -d)}"
[ -n "${KEEP:-}" ] || trap 'rm -rf "$folder"' EXIT

KEYLESS="${KEYLESS:-$PWD/target/release/keyless}" FOLDER="$folder" RUNS="${RUNS:-7}" python3 - "${1:-5000}" << 'PYTHON'
import os, pathlib, random, re, statistics, subprocess, sys, time

KEYLESS, FOLDER, RUNS = os.environ["KEYLESS"], pathlib.Path(os.environ["FOLDER"]), int(os.environ["RUNS"])
COMMITS = int(sys.argv[1])


def make():
    chance = random.Random(6)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    keys = ["AKIA" + "".join(chance.choice(letters) for _ in range(16)) for _ in range(20)]
    block = 'resource "aws_instance" "i%d" {\n  ami           = "ami-%08x"\n  instance_type = "t3.micro"\n  tags = {\n    Name  = "web-%d"\n    Stage = var.stage\n  }\n}\n\n'
    code = {f"env{n % 4}/service{n % 80}/part{n}.tf": [block % (i, n * 97 + i, i) for i in range(24)] for n in range(400)}
    other = {f"src/pack{n % 80}/mod{n}.py": [f"def f{i}():\n    return {n * i}\n\n" for i in range(100)] for n in range(400)}
    subprocess.run(["git", "init", "-q", "-b", "main", FOLDER], check=True)
    git = subprocess.Popen(["git", "-C", FOLDER, "fast-import", "--quiet"], stdin=subprocess.PIPE)

    def blob(path, lines):
        text = "".join(lines).encode()
        git.stdin.write(f"M 100644 inline {path}\ndata {len(text)}\n".encode() + text + b"\n")

    for number in range(COMMITS):
        git.stdin.write(f"commit refs/heads/main\ncommitter Ann <ann@example.org> {1_600_000_000 + number * 600} +0000\ndata 6\nchange\n".encode())
        if number == 0:
            for path, lines in [*code.items(), *other.items()]:
                blob(path, lines)
            continue
        if number % 120 == 7:
            old = chance.choice([path for path in code if "moved" not in path])
            new = old.replace("part", "moved")
            code[new] = code.pop(old)
            git.stdin.write(f"R {old} {new}\n".encode())
        for files in (code, other):
            for path in chance.sample(sorted(files), chance.randint(1, 3)):
                at = chance.randrange(len(files[path]))
                files[path][at] = re.sub(r"[0-9]+", lambda _: str(chance.randrange(10**6)), files[path][at], count=1)
                lines = files[path]
                key = keys[number * len(keys) // COMMITS] if files is code and number % 50 == 3 else None
                blob(path, lines if key is None else [*lines, f'locals {{\n  key = "{key}"\n}}\n'])
    git.stdin.close()
    assert git.wait() == 0
    subprocess.run(["git", "-C", FOLDER, "gc", "-q"], check=True)
    subprocess.run(["git", "-C", FOLDER, "checkout", "-q", "main"], check=True)


def run(command):
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=FOLDER)
    said = child.stdout.read().decode()
    _, _, used = os.wait4(child.pid, 0)
    return (time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), said


if not (FOLDER / ".git").exists():
    make()
size = sum(path.stat().st_size for path in (FOLDER / ".git/objects/pack").glob("*.pack"))
commands = {
    "git | rg": ["sh", "-c", "git log -p --all | rg -c AKIA"],
    "keyless": [KEYLESS, "check", "--format", "concise", "--history"],
    "without": [KEYLESS, "check", "--format", "concise"],
}
figures, said = {name: [] for name in commands}, {}
for turn in range(RUNS + 1):
    for name, command in commands.items():
        figure, said[name] = run(command)
        if turn >= 1:
            figures[name].append(figure)
print(f"{COMMITS} commits, {size / 1e6:.1f} MB packed; {said['keyless'].count('[KEY02]')} keys told")
print(f"{'':10}{'wall ms':>10}{'best ms':>10}{'CPU ms':>10}{'peak MB':>10}")
median = {}
for name, rows in figures.items():
    wall, cpu, peak = (statistics.median(column) for column in zip(*rows))
    best = min(row[0] for row in rows)
    median[name] = (wall, best)
    # Of a pipe the peak is that of its largest process.
    print(f"{name:10}{wall * 1000:10.1f}{best * 1000:10.1f}{cpu * 1000:10.1f}{peak:10.1f}")
(wall, best), (_, base), (_, other) = median["keyless"], median["without"], median["git | rg"]
print(f"{COMMITS / (best - base):.0f} commits a second; keyless / (git | rg): {best / other:.2f} by the best runs")
PYTHON
