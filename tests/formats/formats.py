#!/usr/bin/env python3
"""Everything that a machine is to read, read by something that this project did not write:
xmllint, a validator of JSON Schema, graphviz, and parsers of their own for KTAP, annotations,
Markdown and pages. What is approved in tests/golden, and what the program writes when all is well,
when a file is wrong, when it is interrupted and when it is killed.

With the schema of the standard SARIF is compared with that as well.

  formats.py PROGRAM SOURCE-DIR [--sarif SCHEMA]
"""

import html.parser
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

import jsonschema

import ktap

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = HERE.parent.parent / "docs" / "schemas"
FORMATS = ["text", "json", "junit", "sarif", "ktap", "github", "markdown", "html"]


class Wrong(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Wrong(what)


def fits(value, schema_file):
    schema = json.loads(schema_file.read_text())
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    for error in validator(schema).iter_errors(value):
        raise Wrong(f"/{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")


def piped(command, text):
    result = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    need(result.returncode == 0, result.stderr.decode()[:500])


def xml(text):
    piped(["xmllint", "--nonet", "--noout", "--schema", str(SCHEMAS / "junit.xsd"), "-"], text)
    # What no schema says: the counts are those of what is there.
    elements = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for suite in [text] + re.findall(r"<testsuite .*?</testsuite>", text, re.S):
        head = suite[suite.index("<testsuite") : suite.index(">", suite.index("<testsuite"))]
        for count, element in elements.items():
            if said := re.search(rf' {count}="(\d+)"', head):
                there = len(re.findall(rf"<{element}[ >/]", suite))
                need(int(said[1]) == there, f"{head}: {there} times <{element}>")


SARIF_SCHEMAS = [HERE / "sarif.schema.json"]


def sarif(text):
    value = json.loads(text)
    for schema in SARIF_SCHEMAS:
        fits(value, schema)
    for run in value["runs"]:
        rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        for result in run["results"]:
            need(result["ruleId"] in rules, f"no rule {result['ruleId']}")
            for flow in result.get("codeFlows", []):
                steps = [step for thread in flow["threadFlows"] for step in thread["locations"]]
                order = sorted(step["executionOrder"] for step in steps)
                need(order == list(range(1, len(steps) + 1)), "steps are not numbered")
        for note in json.dumps(run).split('"uri": "')[1:]:
            urllib.parse.urlsplit(note[: note.index('"')])


def check_json(text):
    value = json.loads(text)
    fits(value, SCHEMAS / "check.schema.json")
    rows = value["results"]
    need(value["summary"]["run"] == len(rows), "the summary counts other results")
    need(value["summary"]["ok"] == sum(row["ok"] and row["expected"] is not None for row in rows), "ok")
    for row in rows:
        if "trace" in row:
            json.loads(row["trace"])


def some_json(text):
    value = json.loads(text)
    fits(value, SCHEMAS / f"{value['format'].removeprefix('stalemate-')}.schema.json")


def annotations(text):
    for line in text.splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        need(command, f"no workflow command: {line}")
        for pair in command[2].split(","):
            need(re.fullmatch(r"(file|line|title)=[^:,]*", pair), f"no property: {pair}")
        for escape in re.findall(r"%(..)?", command[2] + command[3]):
            need(re.fullmatch(r"[0-9A-F]{2}", escape), f"no escape: %{escape}")
        need("\033" not in line, "a control character")


def markdown(text):
    fence = None
    columns = None
    for line in text.splitlines():
        ticks = re.match(r"`{3,}", line)
        if fence:
            fence = None if ticks and len(ticks[0]) >= len(fence) and line == ticks[0] else fence
            continue
        if ticks:
            fence = ticks[0]
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        need(cells is None or columns is None or cells == columns, f"another number of cells: {line}")
        columns = cells
        for tag in re.findall(r"(?<!\\)<(/?\w+)", line):
            need(tag.strip("/") in ("details", "summary"), f"a tag: {line}")
    need(fence is None, "text that is fenced off to the end")
    need(text.count("<details>") == text.count("</details>"), "details that do not end")


class Page(html.parser.HTMLParser):
    """Counts what is open, keeps what is in JSON, notes addresses."""

    void = {"meta", "br", "link", "input", "img", "wbr"}

    def __init__(self):
        super().__init__()
        self.open, self.addresses, self.is_json, self.policy = [], [], False, ""
        self.json = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.addresses += [attributes[key] for key in ("src", "href") if key in attributes]
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        self.is_json = tag == "script" and attributes.get("type") == "application/json"
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        need(self.open and self.open.pop() == tag, f"</{tag}> closes something else")
        self.is_json = False

    def handle_data(self, text):
        if self.is_json:
            self.json.append(json.loads(text))


def page(text):
    parser = Page()
    parser.feed(text)
    parser.close()
    need(not parser.open, f"{parser.open} is left open")
    need(text.startswith("<!DOCTYPE html>\n"), "no document type")
    need("default-src 'none'" in parser.policy, "no policy")
    need(all(a.startswith("#") for a in parser.addresses), f"addresses: {parser.addresses}")
    need("<script" not in text or parser.json, "nothing in it")


def table(text):
    need(re.search(r"\d+ run, \d+ ok, .*\n$", text), "no sum at the end")


def dot(text):
    piped(["dot", "-Tsvg", "-o", "/dev/null"], text)


READERS = {
    "text": table, "json": check_json, "junit": xml, "sarif": sarif, "ktap": ktap.read,
    "github": annotations, "markdown": markdown, "html": page, "dot": dot, "trace": some_json,
}  # fmt: skip

# Of every format one thing in it, and what makes it wrong: a reader that does not mind reads nothing.
DAMAGES = [
    ("junit", "</testsuites>", ""),
    ("junit", 'tests="', 'tests="9'),
    ("junit", "classname=", "class="),
    ("junit", " failures=", ' time="soon" failures='),
    ("sarif", '"version": "2.1.0"', '"version": "2.0.0"'),
    ("sarif", '"ruleId": "', '"ruleId": "x'),
    ("sarif", '"startLine": ', '"startLine": -'),
    ("sarif", '"executionOrder": 1,', '"executionOrder": 2,'),
    ("ktap", "1..", "2.."),
    ("ktap", "not ok 1", "not ok 2"),
    ("ktap", "\nnot ok 1 ", "\nok 1 "),
    ("ktap", "\n  # found", "\n# found"), ("ktap", "\n  ok 2", "\n ok 2"),
    ("json", '"version": 1', '"version": "1"'),
    ("json", '"verdict": "', '"verdict": "perhaps '),
    ("json", '"run": ', '"run": 1'),
    ("github", "::error ", "::alarm "),
    ("github", "%0A", "%XY"),
    ("markdown", "| scenario |", "| scenario | more |"),
    ("markdown", "</details>", ""),
    ("html", "</head>", ""),
    ("html", '{"', '{'),
    ("html", "default-src 'none'", "default-src *"),
    ("text", " run,", " ran,"),
    ("dot", "digraph", "graph"),
    ("trace", '"version": ', '"version": 1'),
]  # fmt: skip


def golden(root):
    reports = root / "reports" / "tests" / "golden"
    named = {"check.xml": "junit", "check.sarif": "sarif", "check.ktap": "ktap", "check.json": "json",
             "check.part.json": "json", "check.github.txt": "github", "check.md": "markdown",
             "matrix.html": "html", "matrix.md": "markdown", "matrix.json": "trace", "race.json": "trace",
             "cycle.json": "trace", "retries.json": "trace", "check.txt": "text"}  # fmt: skip
    for name, form in named.items():
        yield form, reports / name
    for file in sorted(reports.glob("*.dot")):
        yield "dot", file


def read_as(form, text, what):
    try:
        READERS[form](text)
    except (Wrong, ktap.Wrong, ValueError, AssertionError) as error:
        raise Wrong(f"{what} is no {form}: {error}") from error


def reports_of(program, folder, paths, after=None, send=None):
    """Runs `check` with all reports, maybe sends a signal; the files by format."""
    words = [program, "check", *paths]
    for form in FORMATS:
        words += ["--report", f"{form}={folder}/report.{form}"]
    # Where this runs in the background signals may be ignored, which a program inherits.
    run = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # fmt: skip
    if send:
        last = folder / f"report.{FORMATS[-1]}"
        while run.poll() is None and not (last.exists() and after(last.read_text())):
            time.sleep(0.05)
        run.send_signal(send)
    status = run.wait(timeout=300)
    texts = {form: (folder / f"report.{form}").read_text() for form in FORMATS}
    for file in folder.glob("report.*"):
        file.unlink()
    return status, texts


LARGE = """{"id": "L", "title": "Large", "file": {"blocks": ["unwritten", "hole", "unwritten", "hole"]},
"processes": [{"path": "buffered_write", "segments": 8}, {"path": "buffered_write", "segments": 8},
{"path": "buffered_write", "segments": 8}, {"path": "mmap_write"}, {"path": "writeback"},
{"path": "reclaim"}, {"path": "reclaim"}], "properties": ["no_deadlock"]}"""

# What says of a report that something was not run, or is wrong.
ALARMS = {
    "text": " not run", "json": '"not_run"', "junit": "<error", "sarif": '"executionSuccessful": false',
    "ktap": "not ok", "github": "::error", "markdown": "not as expected", "html": "not run",
}  # fmt: skip


def main(program, root):
    for form, file in golden(root):
        read_as(form, file.read_text(), file.name)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        race = (root / "cli" / "tests" / "data" / "race.json").read_text()
        failing = race.replace('{"violated": "no_lost_write"}', '{"holds": true}')
        need(failing != race, "race.json has changed")
        (folder / "race.json").write_text(failing)
        status, texts = reports_of(program, folder, ["race.json"])
        need(status == 1, f"status {status} of a failure")
        for form, text in texts.items():
            read_as(form, text, "a failure")
        texts["dot"], texts["trace"] = (
            subprocess.run([program, "trace", "race.json#broken", "-f", form], cwd=folder, capture_output=True,
                           text=True, check=False).stdout
            for form in ("dot", "json"))  # fmt: skip
        read_as("dot", texts["dot"], "a trace")
        read_as("trace", texts["trace"], "a trace")

        for form, what, into in DAMAGES:
            need(what in texts[form], f"there is no {what} in {form}")
            try:
                read_as(form, texts[form].replace(what, into, 1), "")
            except Wrong:
                continue
            raise Wrong(f"{form} with {into!r} for {what!r} is not noticed")

        (folder / "bad.json").write_text("{\n")
        (folder / "ids.json").write_text(race.replace('"stuck"', '"so<&>\\u0301 #|`"'))
        status, texts = reports_of(program, folder, ["."])
        need(status == 2, f"status {status} of a wrong file")
        for form, text in texts.items():
            read_as(form, text, "a wrong file")

        (folder / "large.json").write_text(LARGE)
        (folder / "more.json").write_text(LARGE.replace('"L"', '"M"'))
        for send, wanted in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)):
            status, texts = reports_of(program, folder, ["race.json", "large.json", "more.json"],
                                       lambda text: '"name":"M"' in text, send)  # fmt: skip
            need(status == wanted, f"status {status} of signal {send}")
            for form, text in texts.items():
                read_as(form, text, f"what signal {send} left")
                need(ALARMS[form] in text, f"what signal {send} left of {form} looks whole")


if __name__ == "__main__":
    if sys.argv[3:4] == ["--sarif"]:
        SARIF_SCHEMAS.append(pathlib.Path(sys.argv[4]))
    try:
        main(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve())
    except Wrong as error:
        sys.exit(f"formats: {error}")
