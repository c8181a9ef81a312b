#!/usr/bin/env python3
"""Fills in `want` of cases.txt with what a real `terraform console` answers. Add a line without `want`, run this.

A line is JSON: {"call": NAME, "args": [...], "want": JSON text of the result, or "!ERR" where Terraform refuses}.
An argument {"$call": NAME, "args": [...]} is itself a call.
"""
import base64, json, os, pathlib, shutil, subprocess, tempfile

HERE = pathlib.Path(__file__).resolve().parent


def hcl(value):
    if isinstance(value, dict):
        if "$call" in value:
            return call(value["$call"], value["args"])
        return "{" + ", ".join(f"{hcl(k)} = {hcl(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(hcl(v) for v in value) + "]"
    if isinstance(value, str):
        text = "".join(
            {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}.get(c)
            or (f"\\u{ord(c):04x}" if ord(c) < 32 else c)
            for c in value
        )
        return '"' + text.replace("${", "$${").replace("%{", "%%{") + '"'
    return json.dumps(value)


def call(name, args):
    return f"{name}({', '.join(hcl(a) for a in args)})"


def main():
    path = HERE / "cases.txt"
    cases = [json.loads(line) for line in path.read_text().split("\n") if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE / "files", folder, dirs_exist_ok=True)
        items = (f'    try(jsonencode({call(c["call"], c["args"])}), "!ERR"),\n' for c in cases)
        (pathlib.Path(folder) / "main.tf").write_text("locals {\n  r = [\n" + "".join(items) + "  ]\n}\n")
        answer = subprocess.run(
            ["terraform", "console", "-no-color"],
            input="base64encode(jsonencode(local.r))\n", cwd=folder, text=True, capture_output=True,
            env={**os.environ, "TF_CLI_CONFIG_FILE": os.devnull},
        )
    if answer.stderr.strip():
        raise SystemExit(answer.stderr)
    if not answer.stdout.startswith('"'):
        raise SystemExit(answer.stdout[:2000])
    wants = json.loads(base64.b64decode(answer.stdout.strip().strip('"')))
    seen, lines = set(), []
    for case, want in zip(cases, wants, strict=True):
        key = json.dumps([case["call"], case["args"]], ensure_ascii=False)
        if key not in seen:
            seen.add(key)
            lines.append(json.dumps({"call": case["call"], "args": case["args"], "want": want}, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n")


main()
