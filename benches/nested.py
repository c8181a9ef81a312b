#!/usr/bin/env python3
"""Writes a stack of 26 nested ones with 30 conditions each, over parameters that are handed down.

    benches/nested.py FOLDER
"""

import pathlib
import sys

STACKS, CONDITIONS = 26, 30


def conditions():
    """Three kinds in turn: a comparison, a negation, and a conjunction of earlier ones."""
    for at in range(CONDITIONS):
        if at % 3 == 0:
            yield f"  C{at}: !Equals [!Ref P{at % 10}, v{at}]"
        elif at % 3 == 1:
            yield f"  C{at}: !Not [!Equals [!Ref P{at % 10}, v{at}]]"
        else:
            yield f"  C{at}: !And [!Condition C{at - 2}, !Or [!Condition C{at - 1}, !Equals [!Ref Stage, prod]]]"


def child(number):
    lines = ['AWSTemplateFormatVersion: "2010-09-09"', "Parameters:", "  Stage: {Type: String}"]
    lines += [f"  P{at}: {{Type: String, Default: v{at}}}" for at in range(10)]
    lines += ["Conditions:", *conditions(), "Resources:"]
    for at in range(CONDITIONS):
        tokens = "required" if at else "optional"
        lines += [
            f"  Web{at}:",
            "    Type: AWS::EC2::Instance",
            f"    Condition: C{at}",
            "    Properties:",
            "      IamInstanceProfile: web",
            f"      MetadataOptions: {{HttpTokens: !If [C{(at + 1) % CONDITIONS}, required, {tokens}]}}",
        ]
    return "\n".join(lines) + f"\nOutputs:\n  Id: {{Value: !Ref Web{number % CONDITIONS}}}\n"


def main():
    folder = pathlib.Path(sys.argv[1])
    (folder / "nested").mkdir(parents=True, exist_ok=True)
    lines = ['AWSTemplateFormatVersion: "2010-09-09"', "Parameters:"]
    lines += ["  Stage: {Type: String, Default: dev, AllowedValues: [dev, test, prod]}"]
    lines += [f"  P{at}: {{Type: String, Default: v{at}}}" for at in range(10)]
    lines += ["Resources:"]
    for number in range(STACKS):
        (folder / "nested" / f"{number}.yaml").write_text(child(number))
        lines += [
            f"  S{number}:",
            "    Type: AWS::CloudFormation::Stack",
            "    Properties:",
            f"      TemplateURL: nested/{number}.yaml",
            "      Parameters:",
            "        Stage: !Ref Stage",
            *(f"        P{at}: !Ref P{at}" for at in range(10)),
        ]
    (folder / "main.yaml").write_text("\n".join(lines) + "\n")


main()
