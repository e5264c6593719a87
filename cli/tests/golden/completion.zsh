#compdef stalemate
# zsh completion of stalemate, from its own table of options.
_stalemate() {
  local -a commands=(
    'run:Explore one scenario'
    'resume:Go on with a `run --checkpoint DIR` that ended early'
    'check:Run all scenarios, compare with what they expect'
    'merge:Make one report of the parts that `check --shard` ran'
    'matrix:Which versions of the kernel have which races'
    'trace:Write a counterexample as diagram or text'
    'graph:Draw the reachable states of a small scenario'
    'explore:Step through a scenario by commands on standard input, and save the steps'
    'shrink:The smallest scenario with the same race, and how hard the race is to hit'
    'teeth:Which locks, tests and steps the claims need'
    'bisect:Which edits and knobs, of a variant or between two releases, decide the verdict'
    'hunt:Every small scenario of a kernel, and each race that is in them once'
    'show:Show the state machine of a kernel path'
    'list:List scenarios, and what scenarios may say'
    'replay:Re-execute a saved counterexample'
    'reproduce:Run a counterexample on a running kernel, in an emulated machine'
    'conform:Is what a running kernel did a run of the model? Judges recorded logs'
    'export:Write the model of a scenario for another checker'
    'schema:Print the JSON Schema'
    'completion:Print what completes commands and options in a shell'
    'help:Say what a command does, like COMMAND --help'
    'version:Say which version this is'
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--version[Display program version information and exit]'
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
    run)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--brief[The race in a few lines, without the steps]' \
        '*--slice[Of the steps only those that matter to what broke]' \
        '*--traces[Of several variants, and of warnings, all traces]' \
        '*--never-taken[List what never ran, as `never_taken` of a scenario takes it]' \
        '*--fewest-switches[Of the shortest counterexamples one in which whoever runs goes on as long as it can]' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--claim[Check this claim, one of the scenario'\''s own or of the model'\''s, and no others]:NAME:_files' \
        '*--reach[Instead of its claims]:EXPR:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--threads[Search with so many]:N:_files' \
        '*--compile[Translate the model for this machine with $CXX or c++]:WORD:(auto always never)' \
        '*--audit[Try in so many states whether what reductions rest on is true]:N:_files' \
        '*--reduce[Leave out states where the verdict is the same without them]:WORD,...:(dead ample fuse symmetry equality all none)' \
        '*--store[What is kept of a state]:WORD:(exact tree compact)' \
        '*--checkpoint[Leave in this folder what `resume` needs to go on after a limit, a signal or a crash]:DIR:_files' \
        '*--checkpoint-every[So often, as in 30s, 5min]:TIME:_files' \
        '*--disk[Put into files in this folder what memory does not hold, and go on]:DIR:_files' \
        '*--disk-max[Stop at this much on the disk, as in 500M, 2G]:SIZE:_files' \
        '*--engine[search, or relacy]:ENGINE:(search relacy)' \
        '*--mpi[Search together with the other processes that mpirun has started, perhaps on other machines]' \
        '*--switches[Of relacy]:N:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    resume)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--previous[From the checkpoint before the last one, where that is damaged]' \
        '*--allow-with[Run the code that was brought along by --with]' \
        '*--states-max[As of `run`, in place of what was given to it]:N:_files' \
        '*--memory-max[As of `run`, in place of what was given to it]:SIZE:_files' \
        '*--time-max[As of `run`, in place of what was given to it]:TIME:_files' \
        '*--threads[As of `run`, in place of what was given to it]:N:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    check)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*-f[Of the result on stdout]:FORMAT:(text json junit sarif ktap github markdown html)' \
        '*--format[Of the result on stdout]:FORMAT:(text json junit sarif ktap github markdown html)' \
        '*--report[Write it into a file as well, as in junit=FILE]:FORMAT=FILE:_files' \
        '*-q[Of the table only what is not as expected, and the sum]' \
        '*--quiet[Of the table only what is not as expected, and the sum]' \
        '*--accept[Write what is found into the files, as what is expected from now on, where nothing or something else is]' \
        '*--timing[Say how long each search took]' \
        '*--coverage[List on stderr what no scenario'\''s processes ever do]' \
        '*--fail-fast[Run nothing behind the first that is not as expected]' \
        '*--jobs[Search so many at once]:N:_files' \
        '*--filter[Only names like this, in which * stands for anything]:PATTERN:_files' \
        '*--shard[Only the i-th of n parts, which have the same size]:I/N:_files' \
        '*--failed-only[Only what is not ok, or was not run, in this report of --report json=FILE]:FILE:_files' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--claim[Check this claim, one of the scenario'\''s own or of the model'\''s, and no others]:NAME:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--threads[Search with so many]:N:_files' \
        '*--compile[Translate the model for this machine with $CXX or c++]:WORD:(auto always never)' \
        '*--audit[Try in so many states whether what reductions rest on is true]:N:_files' \
        '*--reduce[Leave out states where the verdict is the same without them]:WORD,...:(dead ample fuse symmetry equality all none)' \
        '*--store[What is kept of a state]:WORD:(exact tree compact)' \
        '*--total-time-max[Stop the whole run after this time]:TIME:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    merge)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*-f[Of the result on stdout]:FORMAT:(text json junit sarif ktap github markdown html)' \
        '*--format[Of the result on stdout]:FORMAT:(text json junit sarif ktap github markdown html)' \
        '*--report[Write it into a file as well, as in junit=FILE]:FORMAT=FILE:_files' \
        '*-q[Of the table only what is not as expected, and the sum]' \
        '*--quiet[Of the table only what is not as expected, and the sum]' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    matrix)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--kernels[Only these versions]:VERSION,...:(v6.1 v6.6 v6.12 v6.18 v7.0 v7.1)' \
        '*--format[Of the result]:FORMAT:(text markdown json html)' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--threads[Search with so many]:N:_files' \
        '*--compile[Translate the model for this machine with $CXX or c++]:WORD:(auto always never)' \
        '*--audit[Try in so many states whether what reductions rest on is true]:N:_files' \
        '*--reduce[Leave out states where the verdict is the same without them]:WORD,...:(dead ample fuse symmetry equality all none)' \
        '*--store[What is kept of a state]:WORD:(exact tree compact)' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    trace)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*-o[Where to write, once per file]:FILE:_files' \
        '*--output[Where to write, once per file]:FILE:_files' \
        '*-f[Form of stdout and of a FILE without ending]:FORM:(svg png pdf dot json txt html ladder mermaid itf shiviz)' \
        '*--format[Form of stdout and of a FILE without ending]:FORM:(svg png pdf dot json txt html ladder mermaid itf shiviz)' \
        '*--slice[Of txt and pictures, only the steps that matter to what broke]' \
        '*--all-steps[Of pictures, fold nothing]' \
        '*--fewest-switches[Of the shortest counterexamples one in which whoever runs goes on as long as it can]' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--claim[Check this claim, one of the scenario'\''s own or of the model'\''s, and no others]:NAME:_files' \
        '*--reach[Instead of its claims]:EXPR:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--threads[Search with so many]:N:_files' \
        '*--compile[Translate the model for this machine with $CXX or c++]:WORD:(auto always never)' \
        '*--audit[Try in so many states whether what reductions rest on is true]:N:_files' \
        '*--reduce[Leave out states where the verdict is the same without them]:WORD,...:(dead ample fuse symmetry equality all none)' \
        '*--store[What is kept of a state]:WORD:(exact tree compact)' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    graph)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*-o[Where to write, once per file]:FILE:_files' \
        '*--output[Where to write, once per file]:FILE:_files' \
        '*-f[Form of stdout and of a FILE without ending]:FORM:(svg png pdf dot)' \
        '*--format[Form of stdout and of a FILE without ending]:FORM:(svg png pdf dot)' \
        '*--by[States that agree in these are one]:NAME,...:_files' \
        '*--every-state[Without --by]' \
        '*--states-max[Refuse what has more]:N:_files' \
        '*--nodes-max[Refuse to draw more]:N:_files' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    explore)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    shrink)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*-o[Where to write the scenario]:FILE:_files' \
        '*--output[Where to write the scenario]:FILE:_files' \
        '*--format[Of the report]:FORMAT:(text json)' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--claim[Check this claim, one of the scenario'\''s own or of the model'\''s, and no others]:NAME:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    teeth)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--path[Change this kernel path only]:NAME:_files' \
        '*--section[Only scenarios about this]:NAME:_files' \
        '*--format[Of the result]:FORMAT:(text markdown html json)' \
        '*--all[Of text also what makes no other program, or never runs]' \
        '*--expect[A report as JSON]:FILE:_files' \
        '*--explained[A list as JSON of what no claim has to mind]:FILE:_files' \
        '*--from[Write this report, made with --format json, instead]:FILE:_files' \
        '*--smallest[Of each kernel path also its N smallest scenarios beyond --states-max]:N:_files' \
        '*--jobs[Search so many at once]:N:_files' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--claim[Check this claim, one of the scenario'\''s own or of the model'\''s, and no others]:NAME:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    bisect)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--from[The release to begin with, instead of its edits]:VERSION:(v6.1 v6.6 v6.12 v6.18 v7.0 v7.1)' \
        '*--to[The other release]:VERSION:(v6.1 v6.6 v6.12 v6.18 v7.0 v7.1)' \
        '*--format[Of the result]:FORMAT:(text json)' \
        '*--traces[The race of each side that breaks, in a few lines]' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--claim[Check this claim, one of the scenario'\''s own or of the model'\''s, and no others]:NAME:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    hunt)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--section[What they are about]:NAME:_files' \
        '*--kernel[The version]:VERSION:_files' \
        '*--processes[At most so many in each]:N:_files' \
        '*--blocks[At most so many blocks of the file, or offsets of a DAX file, or pages in swap]:N:_files' \
        '*--paths[Only these run]:PATH,...:_files' \
        '*--with-paths[These are all there in each]:PATH,...:_files' \
        '*--vary[Options of paths, and numbers and lists of the layout, that are as usual otherwise]:NAME,...:_files' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--claim[Check this claim, one of the scenario'\''s own or of the model'\''s, and no others]:NAME:_files' \
        '*--known[Races that are no news]:PATH:_files' \
        '*-o[Write a scenario for each race into it]:FOLDER:_files' \
        '*--output[Write a scenario for each race into it]:FOLDER:_files' \
        '*--format[Of the result]:FORMAT:(text markdown json)' \
        '*--state[Go on from what is written there, and write down how far the hunt is]:FILE:_files' \
        '*--jobs[Search so many at once]:N:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--total-time-max[Stop the hunt after this time]:TIME:_files' \
        '*--scenarios-max[Stop the hunt after so many]:N:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    show)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--scenario[As it is in this scenario]:FILE[#VARIANT]:_files' \
        '*--diff[What the edits of this scenario make of its paths, or of the one that is named]:FILE[#VARIANT]:_files' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*-o[Where to write, once per file]:FILE:_files' \
        '*--output[Where to write, once per file]:FILE:_files' \
        '*-f[Form of stdout and of a FILE without ending]:FORM:(svg png pdf dot txt json)' \
        '*--format[Form of stdout and of a FILE without ending]:FORM:(svg png pdf dot txt json)' \
        '*--as[The same as --format]:FORM:(svg png pdf dot txt json)' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    list)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--format[Of the result]:FORMAT:(text json markdown)' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '1: :(scenarios format layout paths knobs properties kernels commands families state reference)' \
        '*: :_files'
      ;;
    replay)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--scenario[Against this one, not the one the trace names]:FILE[#VARIANT]:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    reproduce)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--kernel[Its image, /boot/vmlinuz-VERSION, with /lib/modules/VERSION]:IMAGE:_files' \
        '*--source[A kernel tree]:DIR:_files' \
        '*--source-build[Where it is built, and found the next time]:DIR:_files' \
        '*--runs[How often, with gates]:N:_files' \
        '*--free[How often the plain program, without gates]:N:_files' \
        '*--spread[How many microseconds apart the processes of that start, at most]:N:_files' \
        '*--force[A function that does not run with gates, but returns this]:FUNCTION=VALUE ...:_files' \
        '*--out[Where the schedule and the programs are written to]:DIR:_files' \
        '*--format[Of the answers]:FORMAT:(text markdown)' \
        '*--dry-run[Only write them]' \
        '*--set[Another kernel]:KNOB=VALUE:_files' \
        '*--patch[Another path]:FILE:_files' \
        '*--claim[Check this claim, one of the scenario'\''s own or of the model'\''s, and no others]:NAME:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--threads[Search with so many]:N:_files' \
        '*--compile[Translate the model for this machine with $CXX or c++]:WORD:(auto always never)' \
        '*--audit[Try in so many states whether what reductions rest on is true]:N:_files' \
        '*--reduce[Leave out states where the verdict is the same without them]:WORD,...:(dead ample fuse symmetry equality all none)' \
        '*--store[What is kept of a state]:WORD:(exact tree compact)' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    conform)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--scenario[Of which the logs may be runs, instead of what they say]:FILE[#VARIANT]:_files' \
        '*--mutants[Change every log that is a run so often in each way, and judge again]:N:_files' \
        '*-o[Where to write the figures to, as Markdown]:FILE:_files' \
        '*--output[Where to write the figures to, as Markdown]:FILE:_files' \
        '*--campaign[Record the logs first]' \
        '*--kernel[Of a campaign]:IMAGE:_files' \
        '*--runs[Of a campaign]:N:_files' \
        '*--cpus[Of a campaign]:N ...:_files' \
        '*--seed[Of a campaign]:N:_files' \
        '*--jitter[Of a campaign]:N:_files' \
        '*--out[Of a campaign]:DIR:_files' \
        '*--states-max[Stop after this many states]:N:_files' \
        '*--memory-max[Stop at this much memory, as in 500M, 2G]:SIZE:_files' \
        '*--time-max[Stop after this time, as in 500ms, 30s, 2h]:TIME:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    export)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--to[promela]:LANGUAGE:(promela murphi litmus)' \
        '*-o[Where to]:FILE:_files' \
        '*--output[Where to]:FILE:_files' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    schema)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
    completion)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '1: :(bash zsh fish)' \
        '*: :_files'
      ;;
    help)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '1: :(run resume check merge matrix trace graph explore shrink teeth bisect hunt show list replay reproduce conform export schema completion help version)' \
        '*: :_files'
      ;;
    version)
      _arguments \
        '*-h[Print this help message and exit]' \
        '*--help[Print this help message and exit]' \
        '*--with[Compile this C++ file]:FILE.cpp:_files' \
        '*--width[Columns of text]:N:_files' \
        '*: :_files'
      ;;
  esac
}
_stalemate "$@"
