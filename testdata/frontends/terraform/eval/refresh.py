#!/usr/bin/env python3
"""Writes what a real `terraform console` (1.11) answers beside every case of this folder. Needs no network.

Folders with a `want.txt`: one line for each element of the module's `local.r`.
`console/*.cases`: expressions, each behind `> ` with its answer on the next line as the console prints it, on one line;
`!ERR` where Terraform refuses. What answers with text of several lines is wrapped in `jsonencode`. To add a case write the `> ` line alone and run this. `root/prelude.tf` is what they refer to.

    refresh.py            all
    refresh.py NAME...    these folders, or files of `console`
    refresh.py --check    changes nothing; exit code 1 and the names where an answer differs
"""
import base64, concurrent.futures, os, pathlib, re, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
CONSOLE = HERE / "console"
ENV = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
MARKER = re.compile(r'^  "@@(\d+)",$')
CHUNK = 150


def console(folder, text, tries=3):
    """The console's answer to one expression; `None` where it refuses."""
    done = subprocess.run(
        ["terraform", "console", "-no-color"], input=text + "\n", cwd=folder, text=True, capture_output=True, env=ENV
    )
    # An error that stands nowhere in the code is one of the machine's.
    if done.returncode != 0 and "\n  on " not in done.stderr:
        if tries > 1:
            return console(folder, text, tries - 1)
        raise SystemExit(f"terraform console failed: {done.stderr}")
    out = done.stdout
    # A warning about the command line's own configuration stands before the answer.
    if "╵" in out:
        out = out.split("╵", 1)[1]
    return out.strip("\n") if done.returncode == 0 else None


def one_line(lines):
    """`[`, `  1,`, `]` as `[1]`; the console breaks lines only at brackets and elements."""
    out = ""
    for line in lines:
        line = line.strip()
        if out and line[:1] in "]})":
            out = out.removesuffix(",")
        elif out and out[-1] not in "[{(":
            out += " " if out[-1] == "," else ", "
        out += line
    return out


def ask(folder, cases):
    """Answers by number; a batch that is refused is halved until the culprit is found."""
    if not cases:
        return {}
    items = "".join(f'"@@{at}", ({expression}), ' for at, expression in cases)
    answer = console(folder, f"[{items}]")
    if answer is None:
        if len(cases) == 1:
            return {cases[0][0]: "!ERR"}
        half = len(cases) // 2
        return {**ask(folder, cases[:half]), **ask(folder, cases[half:])}
    found, at = {}, None
    for line in answer.split("\n")[1:-1]:
        marker = MARKER.match(line)
        if marker:
            at = int(marker[1])
            found[at] = []
        else:
            found[at].append(line)
    answers = {at: one_line(lines).removesuffix(",") for at, lines in found.items()}
    return answers


def refused(folder, cases):
    """The numbers of those that Terraform refuses. `can` tells, unless a case is refused before it is evaluated."""
    if not cases:
        return set()
    answer = console(folder, "[" + ", ".join(f"can({expression})" for _, expression in cases) + "]")
    if answer is None:
        if len(cases) == 1:
            return {cases[0][0]}
        half = len(cases) // 2
        return refused(folder, cases[:half]) | refused(folder, cases[half:])
    verdicts = [line.strip(" ,") for line in answer.split("\n")[1:-1]]
    return {at for (at, _), verdict in zip(cases, verdicts, strict=True) if verdict == "false"}


def read(path):
    """Expressions with the answers that are kept."""
    kept, expression = {}, None
    for line in path.read_text().split("\n"):
        if line.startswith("> "):
            expression = line[2:]
            kept.setdefault(expression, None)
        elif line:
            kept[expression] = line
    return kept


def chunk(cases):
    """Answers in a folder of their own: a console locks the state beside it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CONSOLE / "root", folder, dirs_exist_ok=True)
        bad = refused(folder, cases)
        answers = {at: "!ERR" for at in bad}
        answers.update(ask(folder, [case for case in cases if case[0] not in bad]))
        # Text of several lines would be a heredoc.
        long = [(at, f"jsonencode({expression})") for at, expression in cases if "<<" in answers[at]]
        answers.update(ask(folder, long))
    return {at: (dict(long).get(at, expression), answers[at]) for at, expression in cases}


def console_file(path):
    kept = list(read(path).items())
    # What was refused before stands together, so that the rest is answered at once.
    order = sorted(range(len(kept)), key=lambda at: kept[at][1] == "!ERR")
    cases = [(at, kept[at][0]) for at in order]
    answers = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for part in pool.map(chunk, [cases[at : at + CHUNK] for at in range(0, len(cases), CHUNK)]):
            answers.update(part)
    return "".join(f"> {answers[at][0]}\n{answers[at][1]}\n" for at in range(len(kept)))


def module(folder):
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(folder, work, dirs_exist_ok=True)
        if any("\nmodule " in "\n" + path.read_text() for path in pathlib.Path(work).glob("*.tf")):
            subprocess.run(["terraform", "init", "-backend=false", "-no-color"], cwd=work, env=ENV, check=True, stdout=subprocess.DEVNULL)
        answer = console(work, 'base64encode(join("\\n", local.r))')
    if answer is None:
        raise SystemExit(f"{folder}: refused")
    return base64.b64decode(answer.strip('"')).decode() + "\n"


def main():
    args = sys.argv[1:]
    check = "--check" in args
    names = [arg for arg in args if not arg.startswith("--")]
    targets = [(path, path, console_file) for path in sorted(CONSOLE.glob("*.cases"))]
    targets += [(path.parent, path, module) for path in sorted(HERE.glob("*/want.txt"))]
    stale = []
    for source, golden, answer in targets:
        if names and source.stem not in names:
            continue
        text = answer(source)
        if text != golden.read_text():
            stale.append(source.name)
            if not check:
                golden.write_text(text)
    if check and stale:
        raise SystemExit("not what Terraform answers: " + ", ".join(stale))


main()
