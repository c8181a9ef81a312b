#!/usr/bin/env python3
"""Compares keyless with other scanners on the labelled set of testdata/secrets.

The set is written out by the test that knows its marks (tests/it/secrets.rs), and each scanner that is found runs on it
with its defaults. All are held to the same measure, by lines, since some tell no more: a secret is found if a finding
stands on one of its lines, a finding is wrong if none of its lines holds a secret. The test itself is stricter with
keyless: it compares characters and codes, and wants one finding for each secret.

usage: scripts/compare-secrets.py [--set FOLDER] [--gitleaks PATH] [--detect-secrets PATH] [--checkov PATH] [--wrong TOOL]
                                  [--write]
  --set       where to write the set (default: a new folder that is removed afterwards)
  --PATH      where a scanner is, if not on the PATH; one that is not found is left out
  --wrong     also list the misses and wrong findings of this tool
  --write     put the table into docs/review/secrets.md
"""

import argparse
import bisect
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REVIEW = ROOT / "docs/review/secrets.md"
START, END = "<!-- scripts/compare-secrets.py --write -->\n", "<!-- end -->\n"
# What keyless says of strings; its other findings are about resources and references.
CODES = "KEY02 KEY03 KEY05 SEC01 SEC02 SEC03 SEC04 SEC05 SEC06 SEC09".split()


def run(command, folder, **options):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **options)


def write_set(folder):
    """The set below a folder, and its labels."""
    command = ["cargo", "test", "--quiet", "--test", "it", "secrets::the_set_is_written_out", "--", "--ignored"]
    done = run(command, ROOT, env={**os.environ, "KEYLESS_SET": str(folder)})
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return json.loads(folder.with_suffix(".labels.json").read_text())


def keyless(_, folder):
    report = json.loads(folder.with_suffix(".keyless.json").read_text())
    found = [f for f in report["findings"] if f["code"] in CODES]
    return "keyless", [(f["path"], f["start"]["line"], f["end"]["line"]) for f in found]


def gitleaks(program, folder):
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        run([program, "dir", ".", "--no-banner", "-f", "json", "-r", report.name, "--exit-code", "0"], folder)
        found = json.loads(Path(report.name).read_text() or "[]")
    version = run([program, "version"], folder).stdout.strip()
    return f"gitleaks {version}", [(f["File"].removeprefix("./"), f["StartLine"], f["EndLine"]) for f in found]


def detect_secrets(program, folder):
    found = json.loads(run([program, "scan", "--all-files", "."], folder).stdout)["results"]
    version = run([program, "--version"], folder).stdout.strip()
    lines = [(path, f["line_number"], f["line_number"]) for path, all_ in found.items() for f in all_]
    return f"detect-secrets {version}", lines


def checkov(program, folder):
    command = [program, "-d", ".", "--framework", "secrets", "-o", "json", "--quiet", "--compact"]
    report = json.loads(run(command, folder).stdout)
    found = report.get("results", {}).get("failed_checks", []) if isinstance(report, dict) else []
    version = run([program, "--version"], folder).stdout.strip()
    lines = [(f["file_path"].lstrip("/"), f["file_line_range"][0], f["file_line_range"][0]) for f in found]
    return f"checkov {version}", lines


def lines_of(folder, labels):
    """Labels with the lines that they stand on."""
    starts = {}
    for label in labels:
        path = label["path"]
        if path not in starts:
            text = (folder / path).read_bytes()
            starts[path] = [0] + [at + 1 for at, byte in enumerate(text) if byte == 10]
        line = [bisect.bisect(starts[path], at) for at in (label["start"], label["end"] - 1)]
        label["lines"] = range(line[0], line[1] + 1)
    return labels


def measure(labels, found):
    """Of each family of secrets how many are found, of each of innocent strings how many findings are wrong."""
    at = defaultdict(list)
    for label in labels:
        for line in label["lines"]:
            at[label["path"], line].append(label)
    met, right, wrong, listed = set(), 0, Counter(), []
    for path, first, last in sorted(set(found)):
        here = [label for line in range(first, last + 1) for label in at[path, line]]
        secrets = [label for label in here if label["secret"]]
        met.update(id(label) for label in secrets)
        right += bool(secrets)
        if not secrets:
            wrong[here[0]["kind"].partition("/")[0] if here else "not labelled"] += 1
            listed.append(f"wrong {path}:{first} {here[0]['kind'] if here else ''}")
    hits = Counter(label["kind"].partition("/")[0] for label in labels if id(label) in met)
    misses = [label for label in labels if label["secret"] and id(label) not in met]
    listed += [f"missed {label['path']}:{label['lines'][0]} {label['kind']}" for label in misses]
    return hits, wrong, right, listed


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def table(labels, tools):
    secrets = Counter(label["kind"].partition("/")[0] for label in labels if label["secret"])
    innocent = Counter(label["kind"].partition("/")[0] for label in labels if not label["secret"])
    names = list(tools)
    rows = [["", "strings", *names], ["---"] * (2 + len(names))]
    total = sum(secrets.values())
    rows.append(["**recall**", str(total), *(percent(sum(tools[name][0].values()), total) for name in names)])
    rows.append(["**precision**", "", *(percent(tools[name][2], tools[name][2] + sum(tools[name][1].values())) for name in names)])
    rows += [[f"found: {kind}", str(count), *(str(tools[name][0][kind]) for name in names)] for kind, count in sorted(secrets.items())]
    for kind, count in sorted(innocent.items()) + [("not labelled", "")]:
        row = [tools[name][1][kind] for name in names]
        if any(row):
            rows.append([f"wrong: {kind}", str(count), *map(str, row)])
    silent = sum(innocent[kind] for kind in innocent if not any(tools[name][1][kind] for name in names))
    rows.append(["wrong: all other innocent", str(silent), *("0" for _ in names)])
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path)
    for name in ("gitleaks", "detect-secrets", "checkov"):
        parser.add_argument(f"--{name}", default=shutil.which(name))
    parser.add_argument("--wrong")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.set.resolve() if args.set else Path(temporary) / "set"
        labels = lines_of(folder, write_set(folder))
        tools = {}
        for scanner, program in [(keyless, "."), (gitleaks, args.gitleaks), (detect_secrets, args.detect_secrets), (checkov, args.checkov)]:
            if not program:
                print(f"left out: no {scanner.__name__.replace('_', '-')} here", file=sys.stderr)
                continue
            name, found = scanner(program, folder)
            tools[name] = measure(labels, found)
            if args.wrong == name.split()[0]:
                print(*tools[name][3], sep="\n")
    text = table(labels, tools)
    print(text, end="")
    if args.write:
        before, _, rest = REVIEW.read_text().partition(START)
        _, _, after = rest.partition(END)
        today = datetime.date.today().isoformat()
        REVIEW.write_text(f"{before}{START}Made on {today}.\n\n{text}{END}{after}")


if __name__ == "__main__":
    main()
