#!/usr/bin/env python3
"""Plants mistakes in the engine, one at a time, and finds out which test notices each.

    mutants.py ROOT --check                     only: can each still be planted?
    mutants.py ROOT [NAME...] [-o FILE]         builds and tries them all, or these; FILE keeps what
                                                it says of others
    mutants.py ROOT [NAME...] --own             a quick look: only by the suite that should notice

The list is in *.toml beside this file. All happens in build/mutants: a copy of the sources with all
mutants in it, each asleep until the environment names it, and one build of that. Exits 1 if fewer
than 95 of 100 are noticed, or if one is not and nothing explains why; 2 if the list does not fit
the sources, or nothing can be built.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

import planted
import suites

NOTICED_MIN = 0.95
COPIED = ["CMakeLists.txt", "bench", "checker", "cli", "cmake", "lockless", "model", "reports",
          "reproduce", "tests"]


def copy_sources(root, tree, mutants):
    """The sources with all mutants in them; what is as it was keeps its time."""
    wanted = {pathlib.Path(planted.HEADER): planted.HEADER_TEXT.encode()}
    for name in COPIED:
        top = root / name
        for path in [top] if top.is_file() else top.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                wanted[path.relative_to(root)] = path.read_bytes()
    for file, its in planted.by_file(mutants).items():
        text = (root / file).read_text(encoding="utf-8")
        wanted[pathlib.Path(file)] = planted.with_all(text, its).encode()
    for path, content in wanted.items():
        to = tree / path
        if not to.exists() or to.read_bytes() != content:
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(content)
    for path in [path for path in tree.rglob("*") if path.is_file()]:
        if path.relative_to(tree) not in wanted:
            path.unlink()


def build(tree, folder, jobs):
    """The tests of the engine. Assertions are on. Tests take longer than to compile, so the code
    is optimized a little."""
    subprocess.run(
        ["cmake", "-S", tree, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
         "-DCMAKE_CXX_FLAGS_RELEASE=-O1", "-DCMAKE_CXX_FLAGS=-w", "-DCMAKE_UNITY_BUILD=ON",
         "-DSTALEMATE_TESTS=ON", "-DSTALEMATE_PLANTED=ON"],
        check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run(["ninja", "-C", folder, f"-j{jobs}", "checker_tests"],
                          capture_output=True, text=True)
    if done.returncode != 0:
        errors = [line for line in done.stdout.splitlines() if "error" in line]
        raise planted.Mistake("does not compile:\n" + "\n".join(errors[:20]))
    return str(folder / "checker_tests")


def try_all(program, mutants, jobs, only_own):
    """By name of a mutant (test, how) of what noticed it first."""
    trials = suites.Trials(program)

    def try_one(mutant):
        test, how = trials.first_to_notice(mutant, only_own)
        print(f"{mutant.name}: {how + ' ' + test if test else 'SURVIVES'}", flush=True)
        return mutant.name, (test, how)

    with concurrent.futures.ThreadPoolExecutor(jobs) as together:
        return dict(together.map(try_one, mutants))


def report_of(mutants, found, kept):
    rows = []
    for mutant in mutants:
        if mutant.name not in found:
            rows += [row for row in kept if row["name"] == mutant.name]
            continue
        test, how = found[mutant.name]
        rows.append({"name": mutant.name, "area": mutant.area, "file": mutant.file,
                     "plants": mutant.plants, "noticed_by": test, "how": how,
                     "explained": mutant.explained if test is None else ""})
    noticed = sum(row["noticed_by"] is not None for row in rows)
    explained = sum(row["explained"] != "" for row in rows)
    return {"planted": len(rows), "noticed": noticed, "explained": explained, "mutants": rows}


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("root", type=pathlib.Path)
    options.add_argument("names", nargs="*")
    options.add_argument("--check", action="store_true")
    options.add_argument("--own", action="store_true")
    options.add_argument("-o", dest="output", type=pathlib.Path)
    options.add_argument("-j", dest="jobs", type=int, default=os.cpu_count())
    given = options.parse_args()
    root = given.root.resolve()

    mutants = planted.read_all(pathlib.Path(__file__).parent)
    planted.check(mutants, root)
    unknown = set(given.names) - {mutant.name for mutant in mutants}
    if unknown:
        raise planted.Mistake(f"unknown: {', '.join(sorted(unknown))}")
    if given.check:
        print(f"{len(mutants)} mutants can be planted")
        return 0
    tree = root / "build/mutants/tree"
    copy_sources(root, tree, mutants)
    program = build(tree, root / "build/mutants/build", given.jobs)
    tried = [mutant for mutant in mutants if not given.names or mutant.name in given.names]
    found = try_all(program, tried, given.jobs, given.own)
    kept = given.names and given.output and given.output.exists()
    report = report_of(mutants, found, json.loads(given.output.read_text())["mutants"] if kept else [])
    if given.output:
        given.output.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    print(f"{report['planted']} planted, {report['noticed']} noticed, "
          f"{report['explained']} cannot be, and it is explained why")
    is_enough = report["noticed"] >= NOTICED_MIN * report["planted"]
    return 0 if is_enough and report["noticed"] + report["explained"] == report["planted"] else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except planted.Mistake as mistake:
        print(f"mutants: {mistake}", file=sys.stderr)
        sys.exit(2)
