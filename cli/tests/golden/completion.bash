# bash completion of stalemate, from its own table of options.
_stalemate() {
  local word=${COMP_WORDS[COMP_CWORD]} options="" words="" values=""
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "run resume check merge matrix trace graph explore shrink teeth bisect hunt show list replay reproduce conform export schema completion help version --help --version" -- "$word"))
    return
  fi
  case ${COMP_WORDS[1]} in
    run) options="--help --brief --slice --traces --never-taken --fewest-switches --set --patch --claim --reach --states-max --memory-max --time-max --threads --compile --audit --reduce --store --checkpoint --checkpoint-every --disk --disk-max --engine --mpi --switches --with --width" ;;
    resume) options="--help --previous --allow-with --states-max --memory-max --time-max --threads --with --width" ;;
    check) options="--help --format --report --quiet --accept --timing --coverage --fail-fast --jobs --filter --shard --failed-only --set --patch --claim --states-max --memory-max --time-max --threads --compile --audit --reduce --store --total-time-max --with --width" ;;
    merge) options="--help --format --report --quiet --with --width" ;;
    matrix) options="--help --kernels --format --states-max --memory-max --time-max --threads --compile --audit --reduce --store --with --width" ;;
    trace) options="--help --output --format --slice --all-steps --fewest-switches --set --patch --claim --reach --states-max --memory-max --time-max --threads --compile --audit --reduce --store --with --width" ;;
    graph) options="--help --output --format --by --every-state --states-max --nodes-max --set --patch --with --width" ;;
    explore) options="--help --set --patch --with --width" ;;
    shrink) options="--help --output --format --set --patch --claim --states-max --memory-max --time-max --with --width" ;;
    teeth) options="--help --path --section --format --all --expect --explained --from --smallest --jobs --set --patch --claim --states-max --memory-max --time-max --with --width" ;;
    bisect) options="--help --from --to --format --traces --set --patch --claim --states-max --memory-max --time-max --with --width" ;;
    hunt) options="--help --section --kernel --processes --blocks --paths --with-paths --vary --set --patch --claim --known --output --format --state --jobs --states-max --memory-max --time-max --total-time-max --scenarios-max --with --width" ;;
    show) options="--help --scenario --diff --set --patch --output --format --as --with --width" ;;
    list) options="--help --format --with --width" words="scenarios format layout paths knobs properties kernels commands families state reference" ;;
    replay) options="--help --scenario --states-max --memory-max --time-max --with --width" ;;
    reproduce) options="--help --kernel --source --source-build --runs --free --spread --force --out --format --dry-run --set --patch --claim --states-max --memory-max --time-max --threads --compile --audit --reduce --store --with --width" ;;
    conform) options="--help --scenario --mutants --output --campaign --kernel --runs --cpus --seed --jitter --out --states-max --memory-max --time-max --with --width" ;;
    export) options="--help --to --output --with --width" ;;
    schema) options="--help --with --width" ;;
    completion) options="--help --with --width" words="bash zsh fish" ;;
    help) options="--help --with --width" words="run resume check merge matrix trace graph explore shrink teeth bisect hunt show list replay reproduce conform export schema completion help version" ;;
    version) options="--help --with --width" ;;
  esac
  case "${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD - 1]}" in
    "run --compile") values="auto always never" ;;
    "run --reduce") values="dead ample fuse symmetry equality all none" ;;
    "run --store") values="exact tree compact" ;;
    "run --engine") values="search relacy" ;;
    "check -f" | "check --format") values="text json junit sarif ktap github markdown html" ;;
    "check --compile") values="auto always never" ;;
    "check --reduce") values="dead ample fuse symmetry equality all none" ;;
    "check --store") values="exact tree compact" ;;
    "merge -f" | "merge --format") values="text json junit sarif ktap github markdown html" ;;
    "matrix --kernels") values="v6.1 v6.6 v6.12 v6.18 v7.0 v7.1" ;;
    "matrix --format") values="text markdown json html" ;;
    "matrix --compile") values="auto always never" ;;
    "matrix --reduce") values="dead ample fuse symmetry equality all none" ;;
    "matrix --store") values="exact tree compact" ;;
    "trace -f" | "trace --format") values="svg png pdf dot json txt html ladder mermaid itf shiviz" ;;
    "trace --compile") values="auto always never" ;;
    "trace --reduce") values="dead ample fuse symmetry equality all none" ;;
    "trace --store") values="exact tree compact" ;;
    "graph -f" | "graph --format") values="svg png pdf dot" ;;
    "shrink --format") values="text json" ;;
    "teeth --format") values="text markdown html json" ;;
    "bisect --from") values="v6.1 v6.6 v6.12 v6.18 v7.0 v7.1" ;;
    "bisect --to") values="v6.1 v6.6 v6.12 v6.18 v7.0 v7.1" ;;
    "bisect --format") values="text json" ;;
    "hunt --format") values="text markdown json" ;;
    "show -f" | "show --format") values="svg png pdf dot txt json" ;;
    "show --as") values="svg png pdf dot txt json" ;;
    "list --format") values="text json markdown" ;;
    "reproduce --format") values="text markdown" ;;
    "reproduce --compile") values="auto always never" ;;
    "reproduce --reduce") values="dead ample fuse symmetry equality all none" ;;
    "reproduce --store") values="exact tree compact" ;;
    "export --to") values="promela murphi litmus" ;;
  esac
  [[ $COMP_CWORD -eq 2 ]] || words=""
  if [[ -n $values ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$word"))
  elif [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _stalemate stalemate
