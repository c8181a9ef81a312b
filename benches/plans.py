#!/usr/bin/env python3
"""plans.py alike|apart MEGABYTES FILE: writes a plan of this size, made of a real one in testdata/plans by repeating its resource
changes under other addresses; `apart` gives every instance an image of its own, so that each is kept."""
import json
import pathlib
import sys

kind, size, path = sys.argv[1], float(sys.argv[2]) * 1_000_000, sys.argv[3]
plan = json.load(open(pathlib.Path(__file__).parents[1] / "testdata/plans/second/plan.json"))
changes = plan.pop("resource_changes")
with open(path, "w") as file:
    file.write('{"format_version":"1.2","resource_changes":[')
    written, at = 0, 0
    while written < size:
        for change in changes:
            change = dict(change, address=f'{change["address"]}[{at}]', index=at)
            text = json.dumps(change, separators=(",", ":"))
            # Instances that differ in more than their address are kept one by one.
            if kind == "apart":
                text = text.replace('"ami":"ami-', f'"ami":"ami-{at}', 2)
            file.write(("," if written else "") + text)
            written += len(text)
        at += 1
    rest = json.dumps({key: value for key, value in plan.items() if key != "format_version"})
    file.write("]," + rest[1:])
