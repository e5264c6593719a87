"""Reads KTAP version 1 by its description in the kernel's Documentation/dev-tools/ktap.rst, and
knows nothing of who wrote it."""

import re

RESULT = re.compile(r"(ok|not ok) (\d+)(?: (?:- )?([^#]*?))?(?: # (SKIP|TODO|XFAIL|TIMEOUT|ERROR)(?: (.*))?)?$")


class Wrong(Exception):
    """With the number of the line."""


def read(text):
    """The results of the outer tests: [(ok, name, directive, results inside)]."""
    if not text.endswith("\n"):
        raise Wrong("the last line does not end")
    lines = text[:-1].split("\n")
    tests, rest = _block(lines, 0, 0)
    if rest != len(lines):
        raise Wrong(f"{rest + 1}: more behind the plan")
    return tests


def _block(lines, at, depth):
    margin = "  " * depth

    def line():
        if at >= len(lines):
            raise Wrong(f"{at + 1}: ends early")
        if not lines[at].startswith(margin):
            raise Wrong(f"{at + 1}: is not nested as deep as what it belongs to")
        return lines[at][len(margin) :]

    if line() != "KTAP version 1":
        raise Wrong(f"{at + 1}: no version")
    at += 1
    while line().startswith("# "):
        at += 1
    plan = re.fullmatch(r"1\.\.(\d+)", line())
    if not plan:
        raise Wrong(f"{at + 1}: no plan")
    at += 1
    tests = []
    for number in range(1, int(plan[1]) + 1):
        inside = []
        while True:
            if line().startswith("  "):
                if inside:
                    raise Wrong(f"{at + 1}: a second subtest of one test")
                inside, at = _block(lines, at, depth + 1)
            elif line().startswith("# "):
                at += 1
            else:
                break
        result = RESULT.fullmatch(line())
        if not result:
            raise Wrong(f"{at + 1}: neither a result nor a remark")
        if int(result[2]) != number:
            raise Wrong(f"{at + 1}: is number {number}")
        ok = result[1] == "ok"
        if inside and ok != all(one[0] for one in inside):
            raise Wrong(f"{at + 1}: says something else than what is in it")
        tests.append((ok, result[3], result[4], inside))
        at += 1
    return tests, at
