"""The tests of a build, one process each, so that the first that fails ends the trial."""

import json
import os
import resource
import signal
import subprocess
import threading

import planted

# It reads the sources as text, so it would find a mutant without running it.
LEFT_OUT = {"TreeTest"}
MEMORY_MAX = 8 << 30
PROCESSOR_SECONDS_MAX = 100  # The slowest test takes a third of that. More is a hang,
CLOCK_SECONDS_MAX = 1000  # and so it is if nothing is done for long.


def suite_of(test):
    return test.split("::")[0]


def limit_process():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Compilers that it starts have a limit of their own.
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS_MAX, most))


def tests_of(program):
    listed = subprocess.run([program, "--list"], check=True, capture_output=True, text=True)
    # Without namespaces: "PlaceTest::refuses_an_empty_range".
    tests = ["::".join(name.split("::")[-2:]) for name in listed.stdout.splitlines()]
    return [test for test in tests if suite_of(test) not in LEFT_OUT]


class Trials:
    """What is known of a build: kept beside it, so that who was interrupted goes on."""

    def __init__(self, program):
        self.program = program
        self.tests = tests_of(program)
        self.file = os.path.join(os.path.dirname(program), "trials.json")
        self.lock = threading.Lock()
        self.known = {"build": os.stat(program).st_mtime_ns, "found": {}, "seconds": {}}
        if os.path.exists(self.file):
            with open(self.file, encoding="utf-8") as file:
                known = json.load(file)
            if known["build"] == self.known["build"]:
                self.known = known

    def keep(self, kind, name, value):
        with self.lock:
            self.known[kind][name] = value
            with open(self.file + ".new", "w", encoding="utf-8") as file:
                json.dump(self.known, file)
            os.rename(self.file + ".new", self.file)

    def run(self, test, number):
        """What became of a test, with a mutant or, 0, with none, and its processor time:
        "passes", "fails", "crashes" or "hangs"."""
        process = subprocess.Popen(
            [self.program, test],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, **{planted.VARIABLE: str(number)}), preexec_fn=limit_process)
        watch = threading.Timer(CLOCK_SECONDS_MAX, process.kill)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = usage.ru_utime + usage.ru_stime
        if process.returncode == 0:
            return "passes", seconds
        if process.returncode > 0:
            return "fails", seconds
        is_stopped = -process.returncode in (signal.SIGXCPU, signal.SIGKILL)
        return "hangs" if is_stopped else "crashes", seconds

    def seconds_of(self, test):
        """Of its processor time, where nothing is planted. It must pass there."""
        if test not in self.known["seconds"]:
            outcome, seconds = self.run(test, 0)
            if outcome != "passes":
                raise planted.Mistake(f"{test} {outcome} where nothing is planted")
            self.keep("seconds", test, seconds)
        return self.known["seconds"][test]

    def first_to_notice(self, mutant, only_own=False):
        """(test, how) of the first test that notices, or (None, None). Its own suite is asked
        first, then all others; of each those that are known to be quick before the others."""
        if mutant.name in self.known["found"]:
            return self.known["found"][mutant.name]
        usual = dict(self.known["seconds"])
        order = sorted(self.tests, key=lambda test: (suite_of(test) != mutant.test,
                                                     usual.get(test, 0.5)))
        found = None, None
        for test in order:
            if only_own and suite_of(test) != mutant.test:
                return None, None
            outcome, seconds = self.run(test, mutant.number)
            if outcome != "passes":
                self.seconds_of(test)
                found = test, outcome
                break
            # A guess for the order of others.
            usual.setdefault(test, seconds)
        self.keep("found", mutant.name, found)
        return found
