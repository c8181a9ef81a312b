#!/usr/bin/env python3
"""Writes what fuzzing begins with, out of testdata/, into a folder for each target.

    fuzz/seeds.py FOLDER [SOURCE]   SOURCE defaults to testdata; public code can be named, which is not ours to keep
"""

import hashlib
import pathlib
import re
import sys

LARGEST = 16_384
CODE = {".tf", ".tfvars", ".hcl"}
ATTRIBUTE = re.compile(r"^\s*[\w-]+\s*=\s*(\S.*)$", re.MULTILINE)


def texts(source):
    for path in sorted(source.rglob("*")):
        if not path.is_file() or path.is_symlink() or not 0 < path.stat().st_size <= LARGEST:
            continue
        try:
            yield path, path.read_text()
        except (UnicodeDecodeError, OSError):
            continue


def seeds(path, text):
    """(target, seed) for all that a file is good for."""
    kind = path.suffix
    yield "secrets", text
    if kind in CODE:
        yield "hcl", text
        yield "exceptions", text
        yield "fixes", "t" + text
        yield from (("expression", found) for found in ATTRIBUTE.findall(text))
        yield "lsp", "\x01" + text
    elif path.name.endswith(".tf.json"):
        yield "hcl", text
        yield "json", text
        yield "fixes", "j" + text
    elif kind in {".yaml", ".yml"}:
        yield "yaml", text
        yield "exceptions", text
        if "Resources" in text:
            yield "cloudformation", text
            yield "fixes", "y" + text
    elif kind in {".json", ".template"}:
        yield "json", text
        if "Resources" in text:
            yield "cloudformation", text
            yield "fixes", "c" + text
        if "planned_values" in text or "resource_changes" in text or "format_version" in text:
            yield "plan", text
    elif kind == ".toml":
        yield "config", text


def main():
    folder = pathlib.Path(sys.argv[1])
    beside = pathlib.Path(__file__).parent.parent / "testdata"
    source = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else beside
    for path, text in texts(source):
        for target, seed in seeds(path, text):
            place = folder / target
            place.mkdir(parents=True, exist_ok=True)
            (place / hashlib.sha1(seed.encode()).hexdigest()).write_text(seed)


main()
