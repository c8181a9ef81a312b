#!/usr/bin/env python3
"""Lists what keyless finds in real code, for a person to look at.

All findings of three small corpora and, of the others, a sample with a fixed seed: at least 8 of each policy (all where
there are fewer), 100 in all. Then 40 of the questions left open. Writes a table in Markdown; a column for the verdict is kept from
docs/review/corpora.md where the same finding is already judged there.

With --credentials: 200 findings of KEY and SEC policies of all corpora, strict ones included, at random with the same seed.

usage: scripts/review-sample.py [CORPORA] [--show] > docs/review/corpora.md
       scripts/review-sample.py [CORPORA] [--show] --credentials > docs/review/credentials.md
  CORPORA  default ../shared/corpora, else $KEYLESS_SHARED/corpora
  --show   source lines and texts instead of the table, to judge by
"""

import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE = ["terragoat", "cfngoat", "cdk-app"]
SEED, SIZE, LEAST, OPEN = 20261122, 100, 8, 40
CREDENTIALS = "--credentials" in sys.argv
CREDENTIALS_SIZE = 200
JUDGED = ROOT / ("docs/review/credentials.md" if CREDENTIALS else "docs/review/corpora.md")


def check(corpora, name):
    command = [ROOT / "target/release/keyless", "check", name, "--format", "json", "--fail-on", "never"]
    command += ["--strict"] if CREDENTIALS else []
    done = subprocess.run(command, cwd=corpora, capture_output=True, check=False)
    return json.loads(done.stdout)


def key(finding):
    return (finding["path"], finding["start"]["line"], finding["start"]["column"], finding["code"], finding["title"])


def sample(findings):
    """At least LEAST of each code, then the rest by chance."""
    chance = random.Random(SEED)
    codes = defaultdict(list)
    for finding in sorted(findings, key=key):
        codes[finding["code"]].append(finding)
    taken, left = [], []
    for code in sorted(codes):
        chance.shuffle(codes[code])
        taken += codes[code][:LEAST]
        left += codes[code][LEAST:]
    chance.shuffle(left)
    return sorted(taken + left[: max(0, SIZE - len(taken))], key=key)


def judged():
    """Verdict and reason by path, line, code and what the finding is about."""
    known = {}
    for line in JUDGED.read_text().splitlines() if JUDGED.exists() else []:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[1].isdigit():
            known.setdefault((cells[0].strip("`"), cells[1], cells[2]), (cells[3], cells[4]))
    return known


def table(findings, known):
    print("| path | line | code | verdict | why |\n|---|---|---|---|---|")
    for finding in findings:
        at = (finding["path"], str(finding["start"]["line"]), finding["code"])
        verdict, why = known.get(at, ("?", ""))
        print(f"| `{at[0]}` | {at[1]} | {at[2]} | {verdict} | {why} |")
    print()


def show(corpora, findings):
    for finding in findings:
        line = finding["start"]["line"]
        print(f"## {finding['code']} {finding['severity']} {finding['path']}:{line}:{finding['start']['column']}-"
              f"{finding['end']['line']}:{finding['end']['column']} {finding['title']} | {finding['label']} | "
              f"{finding.get('reason', '')} | {' '.join(finding['addresses'][:4])} | {finding['construct'] or ''}")
        for place in finding["chain"] + finding["related"]:
            print(f"   > {place['path']}:{place['start']['line']} {place['label']}")
        text = (corpora / finding["path"]).read_text(errors="replace").splitlines()
        for number in range(max(1, line - 3), min(len(text), line + 3) + 1):
            print(f"   {number:5} {text[number - 1][:150]}")


def credentials(corpora, findings):
    about = sorted((f for f in findings if f["code"][:3] in ("KEY", "SEC")), key=key)
    chosen = random.Random(SEED).sample(about, min(CREDENTIALS_SIZE, len(about)))
    chosen.sort(key=key)
    if "--show" in sys.argv:
        return show(corpora, chosen)
    known = judged()
    print((JUDGED.read_text().split("\n## ")[0] if JUDGED.exists() else "# Credentials in real code").rstrip() + "\n")
    print(f"## {len(chosen)} of {len(about)} findings of KEY and SEC policies\n")
    table(chosen, known)
    return None


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    shared = os.environ.get("KEYLESS_SHARED", ROOT / "../shared")
    corpora = Path(words[0] if words else Path(shared) / "corpora").resolve()
    names = sorted(folder.name for folder in corpora.iterdir() if folder.is_dir())
    reports = {name: check(corpora, name) for name in names}
    if CREDENTIALS:
        return credentials(corpora, [f for name in names for f in reports[name]["findings"]])
    whole = [f for name in WHOLE for f in sorted(reports[name]["findings"], key=key)]
    others = [f for name in names if name not in WHOLE for f in reports[name]["findings"]]
    chosen = sample(others)
    opened = [f for name in names for f in reports[name]["cannot_tell"]]
    opened = sorted(random.Random(SEED).sample(sorted(opened, key=key), min(OPEN, len(opened))), key=key)
    if "--show" in sys.argv:
        for part in (whole, chosen, opened):
            show(corpora, part)
            print("=" * 100)
        return
    head = JUDGED.read_text().split("\n## ")[0] if JUDGED.exists() else "# Findings in real code\n"
    known = judged()
    print(head.rstrip() + "\n")
    for title, part in [
        (f"All of {', '.join(WHOLE)} ({len(whole)})", whole),
        (f"A sample of the others ({len(chosen)} of {len(others)})", chosen),
        (f"Open questions, a sample ({len(opened)})", opened),
    ]:
        print(f"## {title}\n")
        table(part, known)


main()
