#!/usr/bin/env bash
# ranks.sh BENCH_RANKS DOCUMENT
#
# Measures 1, 2 and 4 ranks on this machine, and writes that and the estimate for many machines
# between the marks of docs/scale.md.
set -euo pipefail

bench=$1
document=$2
launch=(mpirun --oversubscribe)
[[ $EUID -ne 0 ]] || launch+=(--allow-run-as-root)
table=$(mktemp)
trap 'rm -f "$table" "$table.cluster"' EXIT
{
  echo "Fourteen philosophers, $(nproc) cores, a load of $(cut -d' ' -f1 /proc/loadavg) before this began, where that of a free machine is 0:"
  echo
  echo "| ranks | verdict | states | transitions | time | M states/s | bytes sent per state | bytes kept per state, of a rank | meetings |"
  echo "|---:|---|---:|---:|---:|---:|---:|---:|---:|"
  for count in 1 2 4; do
    "${launch[@]}" -n "$count" "$bench"
  done
} > "$table"
# between MARK FILE: what stands between two marks becomes the file.
between() {
  sed -i -e "/<!-- $1 -->/,/<!-- $1 end -->/{ /<!-- $1 -->/{p;r $2
}; /<!-- $1 end -->/!d }" "$document"
}
python3 "$(dirname "$0")/cluster.py" > "$table.cluster"
between ranks "$table"
between cluster "$table.cluster"
