#!/usr/bin/env bash
# ranks.sh STALEMATE MPIRUN SCENARIOS
#
# One variant of each kind, searched by one process and by 1, 2 and 4 ranks of MPI: the same bytes and
# the same exit status. What ranks refuse, what becomes of a rank that is killed, and going on from
# what they left.
set -euo pipefail

stalemate=$1
scenarios=$3
ranks=("$2" --oversubscribe)
[[ $EUID -ne 0 ]] || ranks+=(--allow-run-as-root)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export STALEMATE_SCENARIOS=$scenarios

fail() {
  echo "ranks.sh: $*" >&2
  exit 1
}

# same WORDS: what one process says and what ranks say.
same() {
  local alone=0 together count
  "$stalemate" run "$@" > alone 2> alone.err || alone=$?
  for count in 1 2 4; do
    together=0
    "${ranks[@]}" -n "$count" "$stalemate" run --mpi "$@" > together 2> together.err || together=$?
    cmp -s alone together || {
      diff alone together >&2 || true
      fail "$*: $count ranks say something else"
    }
    [[ $together -eq $alone ]] || fail "$*: exit status $alone, of $count ranks $together"
  done
}

# refused LINE WORDS: only the first rank says why.
refused() {
  local line=$1 status=0
  shift
  "${ranks[@]}" -n 2 "$stalemate" run "$@" > out 2> err || status=$?
  [[ $status -eq 2 ]] || fail "$*: exit status $status where it is refused"
  [[ ! -s out ]] || fail "$*: is refused, and something printed"
  [[ $(grep -c '^stalemate: ' err) -eq 1 ]] || fail "$*: not one line: $(cat err)"
  grep -qxF "$line" err || fail "$*: said $(grep '^stalemate: ' err)"
}

same R1#none
same R1#valid
same R1#valid --states-max 100
same R1#none --reach 'folio[0].dirty && !folio[0].uptodate[0]'
same R1#valid --reduce dead,symmetry,equality
same A-R19#pinned-for-good
same A-L2#wait-under-mmaplock

refused 'stalemate: --mpi searches one variant, not 37: say which, as in R1#none' R1 --mpi
refused 'stalemate: --mpi does not go together with --threads 2: start more ranks instead' \
  R1#none --mpi --threads 2
refused 'stalemate: --mpi does not go together with --store tree: ranks keep states whole, each a part of them' \
  R1#none --mpi --store tree
refused 'stalemate: --mpi does not go together with --engine relacy' R1#none --mpi --engine relacy

# What a limit ended goes on, with as many ranks as before.
alone=$("$stalemate" run R1#valid)
status=0
"${ranks[@]}" -n 2 "$stalemate" run --mpi R1#valid --checkpoint left --checkpoint-every 1ms \
  --states-max 150 > out 2> err || status=$?
[[ $status -eq 3 ]] || fail "a limit: exit status $status"
[[ -e left/rank-1/1/head ]] || fail "nothing was left by the second rank"
[[ $("${ranks[@]}" -n 2 "$stalemate" resume left --states-max 1000 2> err) == "$alone" ]] ||
  fail "what went on says something else: $(cat err)"
"${ranks[@]}" -n 1 "$stalemate" resume left > out 2> err && fail "one rank went on for two"
grep -qxF 'stalemate: the checkpoint is one of 2 ranks, and here are 1' err || fail "said $(cat err)"

# A rank that is killed: no verdict, and no success.
cat > large.json <<'END'
{
  "id": "L", "title": "Large", "file": {"blocks": ["unwritten", "hole", "unwritten", "hole"]},
  "processes": [{"path": "buffered_write", "segments": 8}, {"path": "buffered_write", "segments": 8},
                {"path": "buffered_write", "segments": 8}, {"path": "mmap_write"},
                {"path": "writeback"}, {"path": "reclaim"}, {"path": "reclaim"}],
  "properties": ["no_deadlock"]
}
END
"${ranks[@]}" -n 2 "$stalemate" run --mpi large.json --compile never > out 2> err &
launcher=$!
for _ in $(seq 100); do
  read -ra started < "/proc/$launcher/task/$launcher/children" || true
  [[ ${#started[@]} -lt 2 ]] || break
  sleep 0.1
done
[[ ${#started[@]} -ge 2 ]] || fail "no ranks were started"
sleep 2
kill -KILL "${started[-1]}"
status=0
wait "$launcher" || status=$?
[[ $status -gt 2 ]] || fail "a rank was killed, and the exit status is $status"
[[ ! -s out ]] || fail "a rank was killed, and there is a result: $(cat out)"
