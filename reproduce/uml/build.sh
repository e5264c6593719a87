#!/bin/sh
# build.sh TREE BUILD OBJECT...: a kernel of TREE for user mode, BUILD/linux. What is compiled into
# an OBJECT ("buffered-io") calls the gates at the entry and exit of every function, also of inlined
# ones. Nothing is written into TREE. Prints why, on one line, where that cannot be.
set -eu
kit=$(cd "$(dirname "$0")/.." && pwd)
tree=$1
build=$2
shift 2

mkdir -p "$build/gate"
exec 9>"$build/lock"
flock 9
log=$build/build.log
: >"$log"

# Of headers only what they declare is of interest: what is inline there is called everywhere.
hooks="-finstrument-functions -finstrument-functions-exclude-file-list=$tree/include/,$tree/arch/"
for object; do
  set -- "$@" "CFLAGS_$object.o=$hooks"
  shift
done
# The gates come in as headers of an object that every kernel has, and which needs next to nothing
# itself: no file of TREE has to change. What is the same keeps its age.
for name in gate.h gate.c hooks.c; do
  cmp -s "$kit/gate/$name" "$build/gate/$name" || cp "$kit/gate/$name" "$build/gate/$name"
done
set -- "$@" "CFLAGS_ctype.o=-include $build/gate/gate.c -include $build/gate/hooks.c"

make_it() {
  nice -n 5 make -C "$tree" ARCH=um O="$build" -j "$(nproc)" "$@" </dev/null >>"$log" 2>&1
}

give_up() {
  echo "$1"
  exit 2
}

make_it KCONFIG_ALLCONFIG="$kit/uml/config" allnoconfig || give_up "cannot be configured; $log says why"
for needed in XFS_FS BLK_DEV_UBD MEMCG KALLSYMS STACKTRACE; do
  grep -q "^CONFIG_$needed=y" "$build/.config" || give_up "has no CONFIG_$needed for user mode"
done
make_it "$@" linux || give_up "does not build; $log says why"
