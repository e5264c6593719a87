#!/usr/bin/env python3
"""shards.py STALEMATE DOCUMENT SCENARIOS

Does what the document shows for Slurm, Kubernetes and a CI, part by part on this machine, with a few
scenarios; the parts merged must say what one run says, to the byte.
"""
import os
import re
import subprocess
import sys
import tempfile


def blocks(document):
    """The code blocks by their second word: ```sh slurm"""
    text = open(document, encoding="utf-8").read()
    return {name: body for name, body in re.findall(r"```\w+ (\w+)\n(.*?)```", text, re.S)}


def parts_of(found):
    """The commands of each way, with their environment, and how they are merged."""
    slurm = found["slurm"]
    first, last = map(int, re.search(r"--array=(\d+)-(\d+)", slurm).groups())
    wrapped = re.search(r"--wrap '([^']*)'", slurm).group(1)
    yield "slurm", slurm.splitlines()[-1], [
        (wrapped, {"SLURM_ARRAY_TASK_ID": str(i)}) for i in range(first, last + 1)]

    kubernetes = found["kubernetes"]
    completions = int(re.search(r"completions: (\d+)", kubernetes).group(1))
    command = re.search(r"command: \[sh, -c, '([^']*)'\]", kubernetes).group(1)
    yield "kubernetes", "stalemate merge part*.json", [
        (command, {"JOB_COMPLETION_INDEX": str(i)}) for i in range(completions)]

    matrix = found["matrix"]
    numbers = re.search(r"part: \[([^\]]*)\]", matrix).group(1).split(",")
    command = re.search(r"- run: (.*)", matrix).group(1)
    yield "matrix", "stalemate merge part*.json", [
        (command.replace("${{ matrix.part }}", number.strip()), {}) for number in numbers]


def main():
    program, document, scenarios = map(os.path.abspath, sys.argv[1:])
    environment = dict(os.environ, PATH=os.path.dirname(program) + ":" + os.environ["PATH"])

    def run(command, folder, more=None):
        return subprocess.run(["bash", "-c", command], cwd=folder, env=dict(environment, **(more or {})),
                              capture_output=True, text=True, check=False)

    for name, merge, parts in parts_of(blocks(document)):
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(scenarios, os.path.join(folder, "scenarios"))
            for command, more in parts:
                run(command, folder, more)
            made = [file for file in os.listdir(folder) if file.endswith(".json")]
            if len(made) != len(parts) or len(parts) < 2:
                sys.exit(f"{name}: {len(made)} reports of {len(parts)} parts")
            merged = run(merge, folder)
            whole = run("stalemate check scenarios", folder)
            if (merged.stdout, merged.returncode) != (whole.stdout, whole.returncode):
                sys.exit(f"{name}: merged differs from one run:\n{merged.stdout}{merged.stderr}")
            if " run, " not in whole.stdout:
                sys.exit(f"{name}: nothing was run:\n{whole.stdout}{whole.stderr}")


if __name__ == "__main__":
    main()
