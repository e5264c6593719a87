#!/usr/bin/env python3
"""Every relative link of the Markdown files below a folder leads to something.

  links.py PATH...
"""

import pathlib
import re
import sys
import urllib.parse


def anchor(heading):
    """As GitHub makes them."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text))


def text_of(file):
    return re.sub(r"^```.*?^```$", "", file.read_text(), flags=re.M | re.S)


def anchors(file):
    return {anchor(line.lstrip("#")) for line in text_of(file).splitlines() if line.startswith("#")}


def dead(file):
    text = re.sub(r"`[^`\n]*`", "``", text_of(file))
    for target in re.findall(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = urllib.parse.unquote(target).partition("#")
        there = file.parent / path if path else file
        if not there.exists():
            yield target
        elif fragment and there.suffix == ".md" and fragment not in anchors(there):
            yield target


def main():
    paths = [pathlib.Path(word) for word in sys.argv[1:]]
    files = [file for path in paths for file in (sorted(path.rglob("*.md")) if path.is_dir() else [path])]
    if not files:
        sys.exit("links: no file to look at")
    complaints = [f"{file}: {target} leads nowhere" for file in files for target in dead(file)]
    if complaints:
        sys.exit("links: " + "\n".join(complaints))
    print(f"{len(files)} files")


main()
