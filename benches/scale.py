#!/usr/bin/env python3
"""Whether cost is linear in files: trees of generated Terraform code, each 1, 2, 4 and 8 times as large.

    benches/scale.py [KEYLESS]

tree:   modules calling one another, eight each, from one root
shared: roots that share one module
locals: names in one module, each made of the one before its neighbour

Prints wall time (the best of three), time a file, and the largest memory of each run.
"""
import os
import subprocess
import sys
import tempfile
import time

BASES = {"tree": 1_250, "shared": 125, "locals": 750}


def write(folder, name, text):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)


def tree(root, count):
    """Module n calls 8n + 1 to 8n + 8."""
    for at in range(count):
        calls = "".join(
            f'module "c{child}" {{\n  source = "../m{child}"\n  size   = var.size\n}}\n'
            for child in range(8 * at + 1, min(8 * at + 9, count))
        )
        instance = (
            'resource "aws_instance" "a" {\n  ami           = "ami-1"\n  instance_type = var.size\n'
            '  metadata_options {\n    http_tokens = "required"\n  }\n}\n'
        )
        default = '  default = "t3.micro"\n' if at == 0 else ""
        write(f"{root}/m{at}", "main.tf", f'variable "size" {{\n  type = string\n{default}}}\n{calls}{instance}')


def shared(root, count):
    resources = "".join(
        f'resource "aws_instance" "a{at}" {{\n  ami           = "ami-1"\n  instance_type = var.sizes["s{at}"]\n'
        f'  tags          = merge(local.tags, {{ Name = "n{at}" }})\n}}\n'
        for at in range(20)
    )
    write(
        f"{root}/shared",
        "main.tf",
        'variable "sizes" {\n  type = map(string)\n}\nlocals {\n  tags = { team = "a" }\n}\n' + resources,
    )
    sizes = "\n".join(f'    s{at} = "t3.micro"' for at in range(20))
    for at in range(count):
        text = f'module "shared" {{\n  source = "../shared"\n  sizes = {{\n{sizes}\n  }}\n}}\n'
        write(f"{root}/r{at}", "main.tf", text)


def locals_(root, count):
    names = ['  n0 = { password_length = 1, next = "a" }', '  n1 = { other = "b" }']
    names += [f"  n{at} = {{ next = local.n{at - 2}, at = {at} }}" for at in range(2, min(count, 12))]
    names += [f'  n{at} = {{ for key, value in local.m{at} : key => "${{value}}-{at}" }}' for at in range(12, count)]
    names += [f'  m{at} = {{ a{at} = "x", b{at} = "y" }}' for at in range(12, count)]
    uses = "".join(
        f'resource "aws_instance" "a{at}" {{\n  user_data = local.n{at}["a{at}"]\n}}\n' for at in range(12, count)
    )
    write(root, "main.tf", "locals {\n" + "\n".join(names) + "\n}\n" + uses)


MAKERS = {"tree": tree, "shared": shared, "locals": locals_}


def run(binary, folder):
    before = time.perf_counter()
    process = subprocess.Popen(
        [binary, "check", "--format", "json", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        print(f"exit code {code} for {folder}", file=sys.stderr)
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    binary = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/keyless")
    print("| input | units | wall ms | CPU ms | CPU ms a unit | peak MB |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, base in BASES.items():
        for times in (1, 2, 4, 8):
            with tempfile.TemporaryDirectory() as folder:
                MAKERS[name](os.path.join(folder, "code"), base * times)
                runs = [run(binary, os.path.join(folder, "code")) for _ in range(3)]
            wall, cpu, peak = (min(run[at] for run in runs) for at in range(3))
            units = base * times
            print(
                f"| {name} | {units:,} | {wall * 1000:.0f} | {cpu * 1000:.0f} "
                f"| {cpu * 1000 / units:.3f} | {peak:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
