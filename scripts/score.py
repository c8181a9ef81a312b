#!/usr/bin/env python3
"""Scores keyless on the cases that other tools' authors labelled, with the table of ../shared/cases/score.py.

scripts/score.py [--binary PATH] [arguments of score.py, e.g. --misses 99 --peers kics]

Every case file is judged by itself: a folder of cases holds good and bad variants of the same module, which declare the
same names and must not see each other."""
import argparse, json, os, shutil, subprocess, sys, tempfile

REPO = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What each policy means in the words of the cases. A policy may answer several questions.
CONCEPTS = {
    "IMDS01": ["imdsv1"], "IMDS02": ["imdsv1"],
    "EC201": ["ec2-no-profile"], "EC202": ["ec2-no-profile"],
    "KEY01": ["access-key"], "ROOT01": ["root-key", "access-key"],
    "KEY02": ["hardcoded-secret"], "KEY03": ["hardcoded-secret"], "KEY04": ["hardcoded-secret"],
    "SEC01": ["hardcoded-secret"], "SEC02": ["hardcoded-secret"], "SEC03": ["hardcoded-secret"],
    "ROLE03": ["wildcard-trust"],
    "SEC04": ["hardcoded-secret"], "SEC05": ["hardcoded-secret"], "SEC06": ["hardcoded-secret", "other:codebuild-source-credentials"],
    "KEY05": ["hardcoded-secret"], "SEC09": ["hardcoded-secret"],
    "SEC07": ["noecho-missing"], "KEY08": ["console-login-profile"],
    "SEC10": ["secret-rotation"],
}

def lines_of(finding):
    """The finding's own place, and those of its chain: the literal may stand away from the resource that gets it."""
    yield finding["path"], finding["start"]["line"], False
    for place in finding["chain"]:
        yield place["path"], place["start"]["line"], True

def rows(report, folder, originals):
    for finding in report["findings"]:
        if finding["code"] == "KEY04" and finding["severity"] != "error":
            continue  # kept as a secret, which the cases call right
        for concept in CONCEPTS.get(finding["code"], []):
            for path, line, related in lines_of(finding):
                path = originals[os.path.relpath(os.path.join(folder, path), folder)]
                row = {"path": path, "concept": concept, "line": line}
                if related:
                    row["related"] = True
                for address in finding["addresses"] or [None]:
                    yield {**row, "resource": address}

def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", default=os.path.join(REPO, "target", "debug", "keyless"))
    options, rest = arguments.parse_known_args()
    shared = os.environ.get("KEYLESS_SHARED") or os.path.join(os.path.dirname(REPO), "shared")
    cases = os.path.join(shared, "cases")
    if not os.path.isdir(cases):
        sys.exit(print(f"skipped: no cases at {cases} (set KEYLESS_SHARED)"))
    with open(os.path.join(cases, "cases.jsonl")) as lines:
        paths = sorted({json.loads(line)["path"] for line in lines})
    with tempfile.TemporaryDirectory() as folder:
        originals = {}
        for at, path in enumerate(paths):
            copy = os.path.join(f"case{at}", os.path.basename(path))
            originals[copy] = path
            os.mkdir(os.path.join(folder, f"case{at}"))
            shutil.copy(os.path.join(cases, path), os.path.join(folder, copy))
        run = subprocess.run([os.path.abspath(options.binary), "check", "--strict", "--format", "json", "."], cwd=folder, capture_output=True, text=True)
        report = json.loads(run.stdout)
        for problem in report["problems"]:
            print("problem:", originals.get(problem["path"], problem["path"]), problem["message"])
        findings = os.path.join(folder, "findings.jsonl")
        with open(findings, "w") as out:
            for row in rows(report, folder, originals):
                out.write(json.dumps(row) + "\n")
        sys.stdout.flush()
        sys.exit(subprocess.run([sys.executable, os.path.join(cases, "score.py"), findings, *rest]).returncode)

main()
