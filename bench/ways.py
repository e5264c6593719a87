#!/usr/bin/env python3
"""How long each way to search one large model takes, and how much memory.

    ways.py STALEMATE FILE#VARIANT [DOCUMENT]

One run after the other, all states, with the compiler's time. "Beside a neighbour" another process
takes a core all the time. The disk gets a half and a tenth of the memory that the plain search
takes. The table replaces what stands between the marks <!-- ways --> in the document.
"""
import os
import re
import subprocess
import sys
import tempfile
import time


def measured(words):
    """Seconds on the clock, of the processor, bytes at most, and the line that says what was found."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.monotonic()
        child = subprocess.Popen(words, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        elapsed = time.monotonic() - start
        out.seek(0)
        found = re.search(r"^(holds|incomplete).*", out.read(), re.MULTILINE)
    if os.waitstatus_to_exitcode(status) != 0 or found is None:
        sys.exit(f"ways: {' '.join(words)}: no verdict")
    return elapsed, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, found.group()


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__.strip())
    program, model = sys.argv[1:3]
    load = os.getloadavg()[0]
    rows = []
    first = None

    def row(title, *options, neighbour=False):
        nonlocal first
        beside = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if neighbour else None
        try:
            got = measured([program, "run", model, "--reduce", "none", *options])
        finally:
            if beside:
                beside.kill()
                beside.wait()
        first = first or got
        elapsed, used, memory, found = got
        rows.append(f"| {title} | {elapsed:.1f} s | {used:.1f} s | {memory / 1e6:.0f} MB | "
                    f"{elapsed / first[0]:.2f} | {memory / first[2]:.2f} |")
        print(rows[-1], file=sys.stderr)
        return found

    found = row("one thread")
    same = [row("two threads", "--threads", "2"),
            row("one thread, beside a neighbour", neighbour=True),
            row("two threads, beside a neighbour", "--threads", "2", neighbour=True),
            row("`--store tree`", "--store", "tree")]
    row("`--store compact`", "--store", "compact")
    row("`--reduce all`", "--reduce", "all")
    with tempfile.TemporaryDirectory(dir=os.environ.get("STALEMATE_BENCH_DISK")) as disk:
        for share in (2, 10):
            same.append(row(f"on disk, with 1/{share} of the memory", "--disk", disk,
                            "--memory-max", str(int(first[2] / share))))
    if any(line != found for line in same):
        sys.exit("ways: they do not say the same")
    text = "\n".join([
        f"`{model.rsplit('/', 1)[-1]}`: {found}. {os.cpu_count()} cores, with a load of {load:.1f} before "
        "this began, where that of a free machine is 0:",
        "", "| way | on the clock | processor | memory | clock, one thread = 1 | memory |",
        "|---|---:|---:|---:|---:|---:|", *rows])
    print(text)
    if len(sys.argv) > 3:
        path = sys.argv[3]
        with open(path, encoding="utf-8") as file:
            page = file.read()
        open_mark, close_mark = "<!-- ways -->\n", "<!-- ways end -->"
        begin, end = page.index(open_mark) + len(open_mark), page.index(close_mark)
        with open(path, "w", encoding="utf-8") as file:
            file.write(page[:begin] + text + "\n" + page[end:])


if __name__ == "__main__":
    main()
