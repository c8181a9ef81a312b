#!/usr/bin/env python3
"""Writes table.rs from sensitive.json: run it in this folder after changing the JSON.

A test in mod.rs compares the two, so a forgotten run fails there.
"""

import json
import pathlib

HERE = pathlib.Path(__file__).parent
DATA = json.loads((HERE / "sensitive.json").read_text())


def quote(text):
    return json.dumps(text)


def matches(pattern, path):
    return path.endswith(pattern[1:]) if pattern.startswith("*") else path == pattern


def row(type_name, path):
    out = f"p({quote(path)})"
    if path in DATA["write_only"].get(type_name, []):
        out += ".write_only()"
    for condition in DATA["conditions"]:
        if type_name not in condition["types"] or not matches(condition["path"], path):
            continue
        if condition.get("strength") == "identifier":
            out += ".identifier()"
        for word in ("when", "unless"):
            if word in condition:
                beside = condition[word]
                equals = beside["equals"]
                said = quote(equals) if word == "when" else "&[" + ", ".join(map(quote, equals)) + "]"
                out += f".{word}({quote(beside['attribute'])}, {said})"
        if condition.get("not_a_path"):
            out += ".unless_file_path()"
    instead = DATA["replacement"].get(type_name, {}).get(path, [])
    if instead:
        out += ".instead(&[" + ", ".join(map(quote, instead)) + "])"
    return out


def serverless(table):
    """What a table says of the types that SAM's types become, with SAM's names of the properties."""
    rows = {}
    for type_name, entry in DATA["serverless"].items():
        paths = [
            renamed[head] + rest
            for becomes, renamed in entry["becomes"].items()
            for head, rest in (split(path) for path in table.get(becomes, []))
            if head in renamed
        ]
        if paths:
            rows[type_name] = sorted(set(paths))
    return rows


def split(path):
    head, dot, rest = path.partition(".")
    return head, dot + rest


def strings(name, *tables):
    merged = {k: v for table in tables for k, v in table.items()}
    yield f"pub(super) static {name}: &[(&str, &[&str])] = &["
    for type_name in sorted(merged):
        yield f"    ({quote(type_name)}, &[{', '.join(map(quote, merged[type_name]))}]),"
    yield "];"


def sensitive():
    merged = {
        **DATA["terraform"],
        **DATA["terraform_other_providers"],
        **DATA["cloudformation"],
        **serverless(DATA["cloudformation"]),
    }
    yield "pub(super) static SENSITIVE: &[(&str, &[SensitivePath])] = &["
    for type_name in sorted(merged):
        yield f"    ({quote(type_name)}, &["
        for path in merged[type_name]:
            yield f"        {row(type_name, path)},"
        yield "    ]),"
    yield "];"


lines = [
    "//! Written by generate.py from sensitive.json: do not edit.",
    "",
    "use super::SensitivePath;",
    "",
    "const fn p(path: &'static str) -> SensitivePath {",
    "    SensitivePath::new(path)",
    "}",
    "",
    *sensitive(),
    "",
    *strings(
        "CONTAINERS",
        DATA["terraform_containers"],
        DATA["cloudformation_containers"],
        serverless(DATA["cloudformation_containers"]),
    ),
    "",
    *strings("SENSITIVE_OUTPUTS", DATA["sensitive_outputs"]),
]
(HERE / "table.rs").write_text("\n".join(lines) + "\n")
