#!/usr/bin/env bash
# Where the time of a check goes: instructions under callgrind with one thread, by step.
#
#   benches/profile.sh PATH
#
# Needs valgrind and Python 3. KEYLESS names another binary than the one that is built here. Steps are told by the functions that they begin with; one that the compiler put into its caller
# counts as the rest.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 1 ] || { echo 'usage: benches/profile.sh PATH' >&2; exit 2; }
command -v valgrind >/dev/null || { echo 'valgrind is not installed' >&2; exit 2; }

keyless="${KEYLESS:-${CARGO_TARGET_DIR:-target}/release/keyless}"
[ -n "${KEYLESS:-}" ] || cargo build --release --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
valgrind --tool=callgrind --callgrind-out-file="$work/profile" \
    "$keyless" check --threads 1 --format concise "$1" >/dev/null 2>"$work/said" || [ $? -le 1 ] || { cat "$work/said" >&2; exit 1; }
callgrind_annotate --inclusive=yes --threshold=100 "$work/profile" >"$work/functions"
python3 - "$work/functions" <<'PYTHON'
import re, sys

text = open(sys.argv[1]).read()
total = int(re.search(r"^([\d,]+) \(.*PROGRAM TOTALS", text, re.M).group(1).replace(",", ""))
costs = {}
for count, name in re.findall(r"^\s*([\d,]+) \([ \d.]+%\)\s+\S*?:(.+?)(?: \[|$)", text, re.M):
    costs.setdefault(re.sub(r"'2$", "", name), int(count.replace(",", "")))


def cost(*names):
    return sum(costs.get(name, 0) for name in names)


guard = cost("keyless::policies::guard::judge")
declared = cost("keyless::facts::take_declared")
steps = {
    "discovery": cost("keyless::discover::discover"),
    "reading": cost("keyless::discover::inventory::Inventory::read_up_to", "keyless::discover::inventory::Inventory::read"),
    "parsing": cost("keyless::syntax::hcl::parse")
    + max(cost("keyless::syntax::doc::parse"), cost("keyless::syntax::doc::parse_json"), cost("keyless::syntax::doc::json::parse")),
    "looking for forms of secrets": cost("keyless::secrets::scan_with"),
    "evaluation of Terraform, plans": cost("keyless::engine::terraform::read") - declared,
    "evaluation of templates": cost("keyless::engine::stacks::read"),
    "facts of declarations": declared,
    "facts, links": cost("keyless::engine::lower"),
    "Guard": guard,
    "findings": cost("keyless::engine::outcome::Judge::outcome", "keyless::findings::Outcome::masked_by") - guard,
    "rendering": cost("keyless::cli::outputs::Outputs::write"),
}
print(f"{total / 1e6:,.1f} million instructions")
for name, count in steps.items():
    print(f"| {name} | {count / total * 100:.1f} % |")
PYTHON
