#!/usr/bin/env bash
# on_a_kernel.sh STALEMATE: one counterexample of each kind on a running kernel, in two boots. What
# loses data there does so each time, what is repaired does not, and the kernel's own check is seen
# to prevent what happens without it. Skipped, which is said, where no machine can be started.
set -euo pipefail
stalemate=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$root"

skip() {
  echo "on_a_kernel: skipped: $1" >&2
  exit 0
}

# runs NAME ARGS: the table of these in $out/NAME.md
runs() {
  local name=$1 status=0
  shift
  "$stalemate" reproduce "$@" --runs 10 --free 0 --format markdown --out "$out/$name" \
    >"$out/$name.md" 2>"$out/$name.err" || status=$?
  if grep -qE 'is missing|the machine did not start' "$out/$name.err"; then
    skip "$(grep -E 'is missing|the machine did not start' "$out/$name.err" | head -n 1)"
  fi
  # Status 1 is that of counterexamples which the kernel does not follow.
  if [[ $status -gt 1 ]]; then
    cat "$out/$name.err" "$out/$name.md" >&2
    find "$out/$name" -name serial.log -exec tail -n 40 {} + >&2
    exit 1
  fi
}

# expects NAME ROW: a row of its table begins like that.
expects() {
  grep -qF "| $2" "$out/$1.md" || {
    echo "on_a_kernel: no row begins \"| $2\":" >&2
    cat "$out/$1.md" >&2
    exit 1
  }
}

runs plain 'D1#truncate' 'D1#truncate-end-included' 'D1#truncate-under-i_rwsem' 'R1#none'
expects plain 'D1#truncate | no_lost_write | corrupted 10 of 10 |'
expects plain 'D1#truncate-end-included | all hold | intact in 10 of 10 runs |'
expects plain 'D1#truncate-under-i_rwsem | all hold | intact in 10 of 10 runs |'
expects plain "R1#none | no_lost_write | intact in 10 of 10 runs: the kernel's check fired |"
runs forced 'R1#none' --force xfs_iomap_valid=1
expects forced 'R1#none | no_lost_write | corrupted 10 of 10 |'
echo "on_a_kernel: 5 counterexamples and repairs behave as on $(ls /boot/vmlinuz-6.1.* | tail -n 1)"
