#!/usr/bin/env python3
"""Writes docs/reliability.md: what was tried, how often, and what came out.

    reliability.py ROOT BUILD [--soak] [KEY...]
                                         runs the tests that count something, or only those for the
                                         rows with these keys, keeps what they say in
                                         docs/reliability/figures.json, and writes the page
    reliability.py ROOT --counted FILE   the same, of what `./dev test` and `./dev agree` wrote there with
                                         STALEMATE_FIGURES=FILE in the environment, if they passed;
                                         rows that were counted in soak stay
    reliability.py ROOT --page           writes the page of what was kept
    reliability.py ROOT --check          is the page what was kept?

Nothing on the page is typed. Where a suite fails, the rows of what it counts say so.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from rows import ROWS, command_of

PAGE = "docs/reliability.md"
FIGURES = "docs/reliability/figures.json"
MUTANTS = "docs/reliability/mutants.json"
# Of each target, about a minute's; in soak ten times as many, ten million in all.
FUZZ_INPUTS = {"scenario": 10_000, "trace": 190_000, "expression": 400_000, "checkpoint": 400_000}


def run(words, figures, is_soak):
    """True if it came to an end as it should; what it counted stands in the file then."""
    more = {"STALEMATE_FIGURES": figures, **({"STALEMATE_SOAK": "1"} if is_soak else {})}
    return subprocess.run(words, env=dict(os.environ, **more)).returncode == 0


def counted_in(figures):
    counts = {}
    for line in figures.read_text().splitlines():
        what, count = line.split()
        counts[what] = counts.get(what, 0) + int(count)
    return counts


def collected(root, build, is_soak, keys):
    """Rows by key, of what is wanted."""
    sources = []
    for key, _, _, source in ROWS:
        if source not in sources and (not keys or key in keys):
            sources.append(source)
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        figures = pathlib.Path(folder) / "figures"
        figures.touch()
        for source in sources:
            if isinstance(source, str):
                inputs = FUZZ_INPUTS[source] * (10 if is_soak else 1)
                words = [str(build / f"fuzz_{source}"), str(root / "tests/fuzz/corpus" / source),
                         str(inputs)]
            else:
                words = [str(build / source[0]), *source[1]]
            print(f"reliability: {' '.join(words)}", file=sys.stderr)
            if not run(words, str(figures), is_soak):
                failed.append(source)
        counts = counted_in(figures)
    return {key: {"key": key, "count": counts.get(key, 0),
                  "result": "fails" if source in failed else "agrees", "soak": is_soak,
                  "command": command_of(source, is_soak)}
            for key, _, _, source in ROWS if source in sources}


def grouped(number):
    return f"{number:,}".replace(",", " ")


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def mutant_lines(mutants):
    kinds = {}
    for one in mutants["mutants"]:
        kinds.setdefault(one["area"], []).append(one)
    lines = [row("area", "planted", "noticed", "by a crash or a hang", "not, and why"),
             "|---|---:|---:|---:|---|"]
    for area, all_of_it in sorted(kinds.items()):
        noticed = [one for one in all_of_it if one["noticed_by"]]
        rough = [one for one in noticed if one["how"] != "fails"]
        lines.append(row(area, str(len(all_of_it)), str(len(noticed)), str(len(rough)),
                         str(len(all_of_it) - len(noticed))))
    survivors = [one for one in mutants["mutants"] if not one["noticed_by"]]
    if survivors:
        lines += ["", "Not noticed:", ""]
    for one in survivors:
        lines.append(f"- `{one['name']}` ({one['file']}): {one['plants']}. "
                     f"{one['explained'] or 'Nothing explains why.'}")
    return lines


def page_of(figures, mutants):
    planted, noticed = mutants["planted"], mutants["noticed"]
    lines = [
        "# How far it can be trusted",
        "",
        "Written by `./dev reliability` from what the tests counted; a test compares it with",
        "[what was kept](reliability/figures.json). Nothing here is typed by hand. `STALEMATE_SOAK=1`",
        "stands where as much was tried as takes hours in all; the others run in `./dev test` and",
        "`./dev agree`.",
        "",
        row("what was tried", "how often", "what must come out", "did it?", "again by"),
        "|---|---:|---|---|---|",
    ]
    known = {one["key"]: one for one in figures["rows"]}
    for key, tried, expected, _ in ROWS:
        one = known.get(key, {"count": 0, "result": "agrees", "command": "./dev reliability"})
        always = "no" if one["result"] == "fails" else "always" if one["count"] else "not asked"
        lines.append(row(tried, grouped(one["count"]), expected, always, f"`{one['command']}`"))
    lines += [
        row("mistakes planted in the engine", str(planted), "a test notices",
            f"{noticed} times; why none can is explained of {mutants['explained']} of the other "
            f"{planted - noticed}", "`./dev mutants`"),
        "",
        "## Mistakes planted in the engine",
        "",
        "Each is one changed expression or statement of `checker/`, alone in a build of it. All tests of",
        "the engine but those that read its text look for it until one fails; the list is in",
        "`tests/mutants/`, and [which test notices which](reliability/mutants.json) is kept as well.",
        "",
        *mutant_lines(mutants),
    ]
    return "\n".join(lines) + "\n"


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("root", type=pathlib.Path)
    options.add_argument("build", type=pathlib.Path, nargs="?")
    options.add_argument("keys", nargs="*", metavar="KEY")
    options.add_argument("--soak", action="store_true")
    options.add_argument("--counted", type=pathlib.Path)
    options.add_argument("--page", action="store_true")
    options.add_argument("--check", action="store_true")
    given = options.parse_intermixed_args()
    unknown = set(given.keys) - {key for key, _, _, _ in ROWS}
    if unknown:
        options.error(f"no row is called {', '.join(sorted(unknown))}")
    root = given.root.resolve()
    page = root / PAGE
    if not given.page and not given.check:
        kept = root / FIGURES
        if given.counted:
            counts = counted_in(given.counted)
            counted = {key: {"key": key, "count": counts[key], "result": "agrees", "soak": False,
                             "command": "./dev test; ./dev agree"}
                       for key, _, _, _ in ROWS if key in counts}
        elif given.build is None:
            options.error("where is the build?")
        else:
            counted = collected(root, given.build.resolve(), given.soak, given.keys)
        # Whoever counted others meanwhile has written them by now.
        rows = {row["key"]: row for row in read(kept)["rows"]} if kept.exists() else {}
        rows |= {key: row for key, row in counted.items()
                 if not (given.counted and rows.get(key, {}).get("soak"))}
        figures = {"rows": [rows[key] for key, _, _, _ in ROWS if key in rows]}
        kept.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    text = page_of(read(root / FIGURES), read(root / MUTANTS))
    if given.check:
        if page.read_text(encoding="utf-8") == text:
            return 0
        print(f"{PAGE} is not what was kept; ./dev reliability writes it", file=sys.stderr)
        return 1
    page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
