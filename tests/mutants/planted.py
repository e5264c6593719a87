"""The list of mutants: what is changed where, and what that plants. All are planted at once, and a
number in the environment says which of them is there: so everything is compiled only once."""

import pathlib
import tomllib

HEADER = "stalemate_mutant.hpp"
VARIABLE = "STALEMATE_MUTANT"
HEADER_TEXT = f"""#pragma once
#include <cstdlib>
inline const int stalemate_mutant = [] {{
  const char* number = std::getenv("{VARIABLE}");
  return number == nullptr ? 0 : std::atoi(number);
}}();
"""


class Mistake(Exception):
    """Of the list itself."""


class Mutant:
    """An expression, or some statements, that stand in a file exactly once, or in a text that does;
    and others in their place."""

    def __init__(self, area, number, entry):
        self.area = area
        self.number = number
        self.name = entry.pop("name")
        self.file = entry.pop("file")
        self.plants = entry.pop("plants")
        self.old = entry.pop("old")
        self.new = entry.pop("new")
        self.within = entry.pop("within", self.old)
        self.test = entry.pop("test")  # The suite that should notice first.
        self.explained = entry.pop("explained", "")  # Why none can.
        if entry:
            raise Mistake(f"{self.name}: unknown: {', '.join(entry)}")
        if self.old == self.new:
            raise Mistake(f"{self.name}: changes nothing")

    @property
    def is_statement(self):
        return self.old.rstrip()[-1] in ";}"

    def place(self, text):
        """Where what it changes begins and ends."""
        for what, where in ((self.within, text), (self.old, self.within)):
            if (count := where.count(what)) != 1:
                raise Mistake(f"{self.name}: in {self.file} stands {count} times: {what}")
        begin = text.index(self.within) + self.within.index(self.old)
        is_one = text[:begin].rstrip().endswith((")", "else"))
        if is_one and self.is_statement and self.old.rstrip().count(";") > 1:
            raise Mistake(f"{self.name}: only the first of its statements is behind the condition")
        return begin, begin + len(self.old)

    def beside(self, old):
        """What is there instead of the old, or of another mutant of the same place."""
        if self.is_statement:
            return f"if (stalemate_mutant == {self.number}) {{\n{self.new}}} else {{\n{old}}}\n"
        return f"(stalemate_mutant == {self.number} ? ({self.new}) : ({old}))"


def with_all(text, mutants):
    """The text of a file with all its mutants in it."""
    places = {}
    for mutant in mutants:
        places.setdefault(mutant.place(text), []).append(mutant)
    last = len(text)
    for begin, end in sorted(places, reverse=True):
        if end > last:
            raise Mistake(f"{places[begin, end][0].name}: overlaps another")
        now = text[begin:end]
        for mutant in places[begin, end]:
            now = mutant.beside(now)
        text = text[:begin] + now + text[end:]
        last = begin
    include = f'#include "{HEADER}"\n'
    once = "#pragma once\n"
    return text.replace(once, once + include, 1) if once in text else include + text


def read_all(folder):
    """Every mutant of the .toml files in a folder, by area: the name of its file."""
    mutants = []
    for path in sorted(pathlib.Path(folder).glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]:
            try:
                mutants.append(Mutant(path.stem, len(mutants) + 1, dict(entry)))
            except KeyError as missing:
                raise Mistake(f"{path.name}: {entry.get('name', '?')}: no {missing}") from None
    names = [mutant.name for mutant in mutants]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Mistake(f"several are called {', '.join(twice)}")
    return mutants


def by_file(mutants):
    files = {}
    for mutant in mutants:
        files.setdefault(mutant.file, []).append(mutant)
    return files


def check(mutants, root):
    """Throws unless each can be planted, and is looked for in a suite that exists."""
    suites = {
        "".join(word.capitalize() for word in path.stem.split("_"))
        for path in (root / "checker/tests").glob("*_test.cpp")
    }
    for mutant in mutants:
        if not mutant.file.startswith("checker/") or "/tests/" in mutant.file:
            raise Mistake(f"{mutant.name}: {mutant.file} is not the engine's")
        if mutant.test not in suites:
            raise Mistake(f"{mutant.name}: there is no {mutant.test}")
    for file, its in by_file(mutants).items():
        with_all((root / file).read_text(encoding="utf-8"), its)
