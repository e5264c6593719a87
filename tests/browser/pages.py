#!/usr/bin/env python3
"""Pages as somebody uses them, in a headless Chromium: a trace of a race, of a deadlock, of a loop,
a folder of scenarios, a matrix. With a bundle of Mermaid (the file dist/mermaid.min.js of the npm
package) sequence diagrams are drawn by it as well.

  pages.py PROGRAM SOURCE-DIR [--screenshots DIR] [--mermaid FILE]
"""

import argparse
import contextlib
import pathlib
import re
import subprocess
import sys
import tempfile

from webdriver import Browser

CURRENT = '[aria-current="step"]'
SHOTS = None


def need(condition, what):
    if not condition:
        raise AssertionError(what)


def same(expected, found, what):
    need(expected == found, f"{what}: {found!r} instead of {expected!r}")


class Pages:
    """Writes pages into a folder and opens them."""

    def __init__(self, browser, program, root, folder):
        self.browser, self.program, self.root, self.folder = browser, program, root, pathlib.Path(folder)

    def run(self, *words):
        result = subprocess.run([self.program, *words], cwd=self.root, capture_output=True, text=True, check=False)
        need(result.returncode in (0, 1), f"{' '.join(words)}: {result.stderr}")
        return result.stdout

    def trace(self, name):
        file = self.folder / (re.sub(r"\W", "-", name) + ".html")
        self.run("trace", name, "-o", str(file))
        self.browser.open(file)
        return file

    def shot(self, name):
        """As it is, dark, and the whole page."""
        if SHOTS is None:
            return
        self.browser.screenshot(SHOTS / f"{name}.png")
        self.browser.screenshot(SHOTS / f"{name}-whole.png", whole=True)
        self.browser.media("dark")
        self.browser.screenshot(SHOTS / f"{name}-dark.png")
        self.browser.media()

    def quiet(self):
        same([], self.browser.complaints(), "the console")


def at(browser):
    return browser.text(".bar .at")


def luminance(browser, css, kind):
    color = browser.script("return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]", css, kind)
    red, green, blue = map(int, re.findall(r"\d+", color)[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def fits_in_width(browser, what):
    wide, window = browser.script("return [document.documentElement.scrollWidth, window.innerWidth]")
    need(wide <= window, f"{what} is {wide} wide in a window of {window}")


def a_protocol(pages):
    """Loads of old values, and the tests by which somebody came to where he did harm."""
    b = pages.browser
    pages.trace("C1#no-lock-chain")
    same("step 19 of 19", at(b), "it opens where the harm is done")
    told = b.text(".about")
    need("step 3 saw seq 0, and so comes here: it is 1 since step 6" in told, told)
    need("step 2 saw extent 0, and so comes here: it is 1 since step 7" in told, told)
    red = "return document.querySelectorAll('.lanes svg path.stale').length"
    # Two tests and what they missed, and the load of step 18.
    need(b.script(red) >= 5, f"{b.script(red)} red arrows")
    near = "return document.querySelectorAll('.lanes svg path.stale.near').length"
    same(4, b.script(near), "red arrows to step 19")
    b.press("left")
    told = b.text(".about")
    need("saw seq 0, an old value: it is 1 since step 6" in told, told)
    same(1, b.script(near), "red arrows to the old load")
    b.press("right")
    pages.shot("C1-no-lock-chain")
    pages.quiet()


def a_race(pages):
    b = pages.browser
    pages.trace("R1#none")
    need(b.text("h1").startswith("R1#none: Buffered write"), b.text("h1"))
    need("no_lost_write is violated after 16 steps" in b.text(".verdict"), b.text(".verdict"))
    asked = b.texts(".asked dt")
    for label in ("variant", "kernel", "file", "processes", "claims"):
        need(label in asked, f"{label} is not among what was asked: {asked}")
    story = b.texts(".story p")
    need(4 <= len(story) <= 12 and "which writer0 does not see" in " ".join(story), story)
    same(["writer0", "flusher", "kswapd", "ioend0"], b.texts(".lanes thead th")[1:], "lanes")
    same("step 13 of 16", at(b), "it opens where the harm is done")
    need("goes by writer0.iomap.type of step 2, but extent[0] is mapped since step 9" in b.text(".about"), b.text(".about"))
    need(b.script("return document.querySelectorAll('.lanes svg path.stale').length") >= 2, "no red arrows")

    # Which segment is wrong since when, and by which mapping.
    refused = b.text("tr.refused")
    need("zeroes" in refused and "step 13" in refused, refused)
    need("by writer0.iomap.type of step 2; extent[0] is mapped since step 9" in b.text("tr.why"), b.text("tr.why"))
    for panel in ("FOLIO", "EXTENT", "DISK", "LOCKS", "WRITER0"):
        need(panel in [text.upper() for text in b.texts(".card h2")], f"no panel {panel}")
    need(b.texts("tr.changed td:first-child"), "step 13 changes nothing")

    b.press("left")
    same("step 12 of 16", at(b), "left")
    b.press("right")
    b.press("right")
    same("step 14 of 16", at(b), "right, twice")
    b.press("home")
    same("before step 1 of 16", at(b), "home")
    same([], b.texts("tr.changed"), "changes before the first step")
    need(b.script("return document.querySelector('.bar button').disabled"), "nothing is before the beginning")
    b.press("end")
    same("step 16 of 16", at(b), "end")
    b.click('.bar button[aria-label^="One step back"]')
    same("step 15 of 16", at(b), "the button for one step back")
    b.click('.bar button[aria-label^="Before the first"]')
    b.click('.bar button[aria-label^="One step on"]')
    same("step 1 of 16", at(b), "buttons")
    b.click("tr:nth-child(9) .box")
    same("step 9 of 16", at(b), "a click on a step")
    need("convert" in b.text(CURRENT), b.text(CURRENT))
    b.script("""[...document.querySelectorAll('.card tr')].find((row) => row.cells[0].innerText === 'folio[0].writeback')
                .querySelector('button').click()""")
    same("step 4 of 16", at(b), "to the step that wrote folio[0].writeback")
    b.click(".story p:nth-child(1) button")
    same("step 2 of 16", at(b), "from the story to the step")

    same(16, len(b.texts(".box")), "steps")
    b.press("f")
    folded = len(b.texts(".box"))
    need(4 <= folded < 16 and any("steps" in note for note in b.texts("tr.note")), f"{folded} steps, folded")
    b.press("f")
    same(16, len(b.texts(".box")), "unfolded")
    few = len(b.texts(".card tr"))
    b.click(".bar label:nth-of-type(2) input")
    need(len(b.texts(".card tr")) > few, "all values are no more than some")

    for scheme, is_dark in (("light", False), ("dark", True)):
        b.media(scheme)
        for page, ink in (("body", "body"), (".box", ".box"), (".card", ".card")):
            back, front = luminance(b, page, "backgroundColor"), luminance(b, ink, "color")
            need((back < front) == is_dark and abs(back - front) > 0.55, f"{scheme} {page}: {back} {front}")
    b.media("dark", "print")
    need(luminance(b, "body", "backgroundColor") > 0.9, "it prints black paper")
    same("none", b.script("return getComputedStyle(document.querySelector('.bar')).display"), "buttons on paper")
    b.media()
    pdf = b.pdf()
    need(pdf.startswith(b"%PDF") and len(pdf) > 10_000, "it cannot be printed")
    if SHOTS:
        (SHOTS / "R1.pdf").write_bytes(pdf)

    b.resize(700, 900)
    fits_in_width(b, "R1 on a narrow screen")
    b.resize(1400, 1000)
    fits_in_width(b, "R1")
    b.script("document.querySelector('.bar input').focus()")
    pages.browser.script("window.scrollTo(0, 0)")
    b.click(".story p:nth-child(6) button")
    pages.shot("R1-none")
    pages.quiet()


def a_deadlock(pages):
    b = pages.browser
    pages.trace("DL1#conversion")
    need("deadlock after 21 steps" in b.text(".verdict"), b.text(".verdict"))
    same({"kswapd", "cil_worker"}, set(b.script("return [...document.querySelectorAll('.waits rect.ring + text')].map((t) => t.textContent)")), "the ring")
    labels = b.script("return [...document.querySelectorAll('.waits text.soft')].map((t) => t.textContent)")
    need(any(label.startswith("log space") for label in labels) and any("since step 6" in label for label in labels), labels)
    need("MEMORY" in [text.upper() for text in b.texts(".card h2")], "no panel of memory")
    inside = b.script("""const all = document.querySelector('.waits svg').getBoundingClientRect();
        return [...document.querySelectorAll('.waits svg text, .waits svg rect')].every((one) => {
          const r = one.getBoundingClientRect();
          return r.left >= all.left && r.right <= all.right && r.top >= all.top && r.bottom <= all.bottom; })""")
    need(inside, "the graph of who waits for whom is cut off")
    pages.shot("DL1-conversion")
    pages.quiet()


def a_loop(pages):
    b = pages.browser
    pages.trace("A-R3#retry")
    need("starvation of punch0" in b.text(".verdict"), b.text(".verdict"))
    need("punch0 (starved)" in b.texts(".lanes thead th"), b.texts(".lanes thead th"))
    marks = b.texts("tr.note.mark")
    need(len(marks) == 2 and "loop" in marks[0] and "back to step 21" in marks[1], marks)
    need(b.script("return document.querySelector('.bar label input').checked"), "51 steps are not folded")
    need(all(int(number) >= 21 for number in b.texts("tr.loop td.number")), "the loop")
    # Long as it is, it says whose lane is whose.
    b.press("end")
    top = b.script("return document.querySelector('.lanes thead th:nth-child(2)').getBoundingClientRect().top")
    need(0 <= top < 150, f"the names of the lanes are {top} from the top")
    pages.shot("A-R3-retry")
    pages.trace("A-R14#restarts")
    need("livelock" in b.text(".verdict"), b.text(".verdict"))
    pages.shot("A-R14-restarts")
    pages.quiet()


def others(pages):
    for name in ("B-R6#dirty-bit-lost", "R4#trusted"):
        pages.trace(name)
        fits_in_width(pages.browser, name)
        pages.shot(name.replace("#", "-"))
        pages.quiet()


def a_folder(pages):
    b = pages.browser
    file = pages.folder / "folder.html"
    pages.run("check", "scenarios/stable-pages", "--report", f"html={file}")
    b.open(file)
    rows = len(b.texts("tbody tr:not(.scenario)"))
    need(rows > 20 and re.search(rf"{rows} run, {rows} ok", b.text(".verdict")), f"{rows}: {b.text('.verdict')}")
    same(f"{rows} of {rows}", b.text(".bar .soft"), "shown")
    b.type("input[type=search]", "leaked")
    few = int(b.text(".bar .soft").split()[0])
    need(0 < few < rows, f"{few} rows with a word")
    b.script("const w = document.querySelector('input[type=search]'); w.value = ''; w.dispatchEvent(new Event('input'))")
    b.type("select", "with a trace")
    traced = int(b.text(".bar .soft").split()[0])
    need(0 < traced < rows, f"{traced} rows with a trace")
    pages.shot("folder")
    name = b.text("tbody tr:not([hidden]) a")
    b.click("tbody tr:not([hidden]) a")
    b.wait("return document.querySelector('.lanes') !== null")
    need(f"#{name}:" in b.text("main:not([hidden]) h1"), b.text("main:not([hidden]) h1"))
    b.press("home")
    need(at(b).startswith("before step 1"), at(b))
    b.press("escape")
    b.wait("return document.querySelector('main[hidden] .back') !== null || !document.querySelector('main:not([hidden]) .lanes')")
    same(f"{traced} of {rows}", b.text(".bar .soft"), "back, with the same filter")
    b.open(file, "#B-R8%23leaked")
    fits_in_width(b, "a folder")
    pages.quiet()


def a_matrix(pages):
    b = pages.browser
    file = pages.folder / "matrix.html"
    file.write_text(pages.run("matrix", "R16", "R17", "--format", "html"))
    b.open(file)
    need("v6.18" in " ".join(b.texts("th")), b.texts("th"))
    need("violated" in b.text("table"), b.text("table"))
    b.media("dark")
    need(luminance(b, "body", "backgroundColor") < 0.2, "a matrix is white in the dark")
    b.media()
    fits_in_width(b, "a matrix")
    pages.shot("matrix")
    pages.quiet()


def mermaid(pages, bundle):
    """Its own parser, and that something is drawn."""
    b = pages.browser
    (pages.folder / "mermaid.html").write_text(f'<!DOCTYPE html><meta charset="utf-8"><script src="file://{bundle}"></script><div id="d"></div>')
    b.open(pages.folder / "mermaid.html")
    b.wait("return typeof mermaid !== 'undefined'")
    b.script("mermaid.initialize({startOnLoad: false})")
    texts = {file.name: file.read_text() for file in sorted((pages.root / "reports/tests/golden").glob("*.mmd"))}
    for name in ("R1#none", "DL1#conversion", "A-R3#retry"):
        texts[name] = pages.run("trace", name, "-f", "mermaid")
    for name, text in texts.items():
        try:
            drawn = b.promise("mermaid.render('d1', arguments[0]).then((r) => r.svg)", text)
        except RuntimeError as error:
            raise AssertionError(f"Mermaid does not read {name}: {error}") from error
        need("<svg" in drawn and "Syntax error" not in drawn, f"Mermaid does not draw {name}")
    with contextlib.suppress(RuntimeError):
        b.promise("mermaid.parse(arguments[0])", "sequenceDiagram\n  a->>")
        raise AssertionError("Mermaid reads anything")


def main():
    global SHOTS
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("root", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--screenshots", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--mermaid", type=lambda text: pathlib.Path(text).resolve())
    arguments = parser.parse_args()
    SHOTS = arguments.screenshots
    if SHOTS:
        SHOTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        pages = Pages(browser, str(pathlib.Path(arguments.program).resolve()), arguments.root, folder)
        for test in (a_race, a_protocol, a_deadlock, a_loop, others, a_folder, a_matrix):
            try:
                test(pages)
            except (AssertionError, RuntimeError) as error:
                sys.exit(f"pages: {test.__name__}: {error}")
        if arguments.mermaid:
            try:
                mermaid(pages, arguments.mermaid)
            except (AssertionError, RuntimeError) as error:
                sys.exit(f"pages: mermaid: {error}")


if __name__ == "__main__":
    main()
