#!/usr/bin/env python3
"""Says what cfn-lint (PyPI, 1.58) makes of CloudFormation templates, for the tests that compare keyless with it.

    cfn-lint-answers.py FILE...     one line of JSON a template, as below, with its `file`
    cfn-lint-answers.py --write     writes the kept answers beside testdata/frontends/cloudformation/language/*.yaml
    cfn-lint-answers.py --check     changes nothing; exit code 1 and the names where a kept answer differs

    {"values": {"X.P": {"default": ["a"], "allowed": ["a", "b"]}}, "conditions": {"IsProd": "tf"}, "pairs": {"A B": "tt tf ft"}}

`values`: for every leaf below a resource's properties the texts that it can have, list items without their index: with
parameters at their defaults, and with all of their allowed values. `conditions`: whether each can be true and can be
false. `pairs`: which truths two conditions can have together. `error`: the template is not loaded, and why.

Pseudo parameters stay unresolved: cfn-lint takes the regions that it is told for granted.
"""
import itertools, json, pathlib, sys, warnings

warnings.filterwarnings("ignore")

from cfnlint.context import create_context_for_template
from cfnlint.context.conditions.exceptions import Unsatisfiable
from cfnlint.decode import decode
from cfnlint.helpers import FUNCTIONS_ALL, PSEUDOPARAMS, is_function
from cfnlint.jsonschema import CfnTemplateValidator
from cfnlint.template import Template
from cfnlint.template.transforms._language_extensions import language_extension

HERE = pathlib.Path(__file__).resolve().parent.parent / "testdata/frontends/cloudformation/language"
MAX_PAIRED = 14
MAX_TEXTS = 60


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def flatten(value, validator, path, found, depth=0):
    if depth > 60:
        return
    name, _ = is_function(value)
    if name:
        try:
            resolved = [(v, val) for v, val, error in validator.resolve_value(value) if not error]
        except (Unsatisfiable, RecursionError):
            resolved = []
        for inner, inner_validator in resolved:
            if inner != value:
                flatten(inner, inner_validator, path, found, depth + 1)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("Fn::"):
                flatten(inner, validator, f"{path}.{key}", found, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            flatten(inner, validator, path, found, depth + 1)
    elif value is not None and len(found.setdefault(path, set())) < MAX_TEXTS:
        found[path].add(text(value))


def values(cfn, allowed):
    context = create_context_for_template(cfn)
    for parameter in context.parameters.values():
        parameter.min_value = parameter.max_value = None
        # Python's own way to write booleans is nobody else's.
        if isinstance(parameter.default, bool):
            parameter.default = text(parameter.default)
        if parameter.allowed_values:
            parameter.allowed_values = [text(v) if isinstance(v, bool) else v for v in parameter.allowed_values]
        if not allowed:
            parameter.allowed_values = []
    context = context.evolve(resolve_pseudo_parameters=False, functions=list(FUNCTIONS_ALL))
    found = {}
    for name, resource in cfn.template.get("Resources", {}).items():
        if not isinstance(resource, dict) or not isinstance(resource.get("Type"), str):
            continue
        at = context
        condition = resource.get("Condition")
        if isinstance(condition, str):
            try:
                at = context.evolve(conditions=context.conditions.evolve({condition: True}))
            except Unsatisfiable:
                continue
            if not can(cfn, {condition: True}):
                continue
        validator = CfnTemplateValidator({}).evolve(context=at, cfn=cfn)
        flatten(resource.get("Properties"), validator, name, found)
    return found


def can(cfn, status):
    if any(cfn.conditions.get(name) is None for name in status):
        return True
    return any(True for _ in cfn.conditions.build_scenarios({name: {truth} for name, truth in status.items()}))


def answers(file):
    template, errors = decode(str(file))
    if errors or not isinstance(template, dict):
        return {"error": errors[0].message if errors else "no mapping"}
    cfn = Template(str(file), template, regions=["us-east-1"])
    if "AWS::LanguageExtensions" in json.dumps(template.get("Transform"), default=str):
        errors, template = language_extension(cfn)
        if errors:
            return {"error": errors[0].message}
        cfn = Template(str(file), template, regions=["us-east-1"])
    plain = cfn.conditions.satisfiable
    # What a pseudo parameter is taken for is no reason against a branch.
    cfn.conditions.satisfiable = lambda status, known: plain(
        status, {name: value for name, value in known.items() if name not in PSEUDOPARAMS}
    )
    default, allowed = values(cfn, False), values(cfn, True)
    found = {
        path: {"default": sorted(default.get(path, ())), "allowed": sorted(allowed.get(path, ()))}
        for path in sorted(default.keys() | allowed.keys())
    }
    names = sorted(name for name in (template.get("Conditions") or {}) if cfn.conditions.get(name))
    marks = {True: "t", False: "f"}
    conditions = {
        name: "".join(mark for truth, mark in marks.items() if can(cfn, {name: truth})) for name in names
    }
    pairs = {}
    if len(names) <= MAX_PAIRED:
        for one, other in itertools.combinations(names, 2):
            both = [
                marks[a] + marks[b] for a in marks for b in marks if can(cfn, {one: a, other: b})
            ]
            pairs[f"{one} {other}"] = " ".join(both)
    return {"values": found, "conditions": conditions, "pairs": pairs}


def kept(answer):
    """JSON with an entry a line, so that a change can be reviewed."""
    if "error" in answer:
        return json.dumps(answer, ensure_ascii=False) + "\n"
    parts = []
    for section, entries in answer.items():
        lines = [f"    {json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}" for k, v in entries.items()]
        parts.append(f"  {json.dumps(section)}: {{\n" + ",\n".join(lines) + "\n  }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(arguments):
    if arguments and arguments[0] in ("--write", "--check"):
        stale = []
        for file in sorted([*HERE.glob("*.yaml"), *HERE.glob("*.json")]):
            if file.name.endswith(".answers.json"):
                continue
            target = file.with_suffix(".answers.json")
            answer = kept(answers(file))
            if arguments[0] == "--write":
                target.write_text(answer)
            elif not target.exists() or target.read_text() != answer:
                stale.append(target.name)
        if stale:
            sys.exit(f"other than cfn-lint says now: {' '.join(stale)}")
        return
    for file in arguments or sys.stdin.read().split("\n"):
        if file:
            try:
                answer = answers(file)
            except Exception as error:  # What cfn-lint trips over is no answer.
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps({"file": file, **answer}), flush=True)


main(sys.argv[1:])
