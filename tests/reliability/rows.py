"""What docs/reliability.md has a row for: what is counted, by which tests, and what it says."""

# Key of the figures, what was compared or injected, how that came out, and who counts it: a program
# of the build and the suites of it, or the name of a target of tests/fuzz.
ROWS = [
    ("models_reference", "random models, searched and by the plain checker without options",
     "same verdict, shortest length, states, coverage", ("checker_tests", ["ExploreTest"])),
    ("models_reference_runs", "random models with claims about runs, by the plain judge as well",
     "same verdict, shortest stem", ("checker_tests", ["RunsTest"])),
    ("models_spin", "random and well-known models, by Spin as well",
     "same verdict, shortest length, states, transitions", ("checker_tests", ["SpinTest"])),
    ("models_rumur", "random and well-known models, by rumur as well",
     "same verdict, shortest length, states, transitions", ("checker_tests", ["RumurTest"])),
    ("scenarios_spin", "scenarios, by Spin as well",
     "same verdict, shortest length, states, transitions", ("model_tests", ["AgreementTest"])),
    ("scenarios_rumur", "scenarios, by rumur as well",
     "same verdict, shortest length, states, transitions", ("model_tests", ["AgreementTest"])),
    ("cross_product", "random models with other threads, reductions, storage, ranks, on disk, or resumed",
     "same result as one thread without",
     ("checker_tests", ["WorkersTest", "ReducedTest", "StorageTest", "CheckpointTest", "TogetherTest",
      "SearchOnDiskTest"])),
    ("cross_product_scenarios", "scenarios with other reductions or storage",
     "same result as without", ("model_tests", ["ReductionTest", "CrossProductTest"])),
    ("beem", "instances of the BEEM collection of models",
     "as many states as published", ("checker_tests", ["BeemTest"])),
    ("one_lock", "scenarios in which everybody holds one lock throughout",
     "no race is left", ("model_tests", ["SequentialTest"])),
    ("metamorphic", "scenarios in another order, with one process less or more",
     "what must follow, follows", ("model_tests", ["MetamorphicTest"])),
    ("scenario_mutants", "changed scenario files",
     "a verdict, or one line that names the place",
     ("model_tests", ["OwnMutationTest", "ScenarioMutationTest"])),
    ("fuzz_scenario", "scenario files of a fuzzer",
     "a model that can be read again, or one clear line", "scenario"),
    ("fuzz_expression", "expressions and assignments of a fuzzer",
     "a tree that can be read again, or a place and a line", "expression"),
    ("fuzz_trace", "trace files of a fuzzer",
     "a trace that can be saved and read again, or one clear line", "trace"),
    ("fuzz_checkpoint", "heads of checkpoints of a fuzzer",
     "the same bytes again, or one clear line", "checkpoint"),
    ("faults_memory", "single allocations that fail",
     "incomplete for want of memory, status 3", ("cli_tests", ["AllocationTest"])),
    ("faults_disk", "full disks and devices behind each output",
     "status 2, the name, nothing left behind", ("cli_tests", ["FullDiskTest"])),
    ("faults_pipes", "signals while nobody reads an output",
     "ends, status 128 and the signal", ("cli_tests", ["PipeTest"])),
    ("signals", "signals at any instant",
     "ends within a second, and says nothing that it does not know", ("cli_tests", ["SignalsTest"])),
    ("killed", "searches that were killed at any instant",
     "resumed, they say the same", ("checker_tests", ["CheckpointTest"])),
    ("flipped", "flipped bytes in checkpoints",
     "refused", ("checker_tests", ["CheckpointTest"])),
]


def command_of(source, is_soak):
    """What repeats a row."""
    before = "STALEMATE_SOAK=1 " if is_soak else ""
    if isinstance(source, str):
        return f"./dev reliability {'--soak ' if is_soak else ''}fuzz_{source}"
    program, suites = source
    return f"{before}{program} {' '.join(suites)}"
