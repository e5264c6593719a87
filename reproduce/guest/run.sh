#!/bin/sh
# run.sh KERNEL [FOLDER...]: builds the programs, the module and the first file systems of the
# guest, boots KERNEL (/boot/vmlinuz-VERSION, with /lib/modules/VERSION) in qemu, and prints what it
# says. Runs the race of this folder, or those of other folders like it, one after the other.
set -eu
cd "$(dirname "$0")"
kernel=$1
shift
[ $# -gt 0 ] || set -- .
version=${kernel##*/vmlinuz-}
boot=$(dirname "$kernel")
top=$(dirname "$boot")
modules=$top/lib/modules/$version
[ -d "$modules" ] || { echo "run.sh: $modules is missing" >&2; exit 2; }
[ "$top" = / ] && top=

cc -O1 -static -o symbols symbols.c
make -s -C "$modules/build" M="$PWD/gate" modules >build.log 2>&1 || { cat build.log >&2; exit 2; }

rm -rf root
rm -f disk-*.img
mkdir -p root/bin root/dev root/proc root/sys root/mnt root/modules root/tmp root/races
for name in $(busybox --list); do ln -sf busybox "root/bin/$name"; done
rm root/bin/busybox
cp /bin/busybox symbols root/bin/
cp init root/init
number=100
disks=
for folder; do
  . "$folder/job"
  number=$((number + 1))
  race=root/races/$number
  mkdir "$race"
  cp "$folder/job" "$folder/schedule" "$race/"
  [ "$RUNS" -eq 0 ] || cc -O1 -s -static -pthread -DGATES -o "$race/race" "$folder/race.c"
  [ "$FREE_RUNS" -eq 0 ] || cc -O1 -s -static -pthread -o "$race/stress" "$folder/stress.c"
  disk=disk-$BLOCK.img
  [ -e "$disk" ] && continue
  truncate -s 320M "$disk"
  /sbin/mkfs.xfs -q -f -b size="$BLOCK" "$disk"
  disks="$disks -drive file=$disk,if=none,id=disk$BLOCK,format=raw,cache=unsafe
    -device virtio-blk-pci,drive=disk$BLOCK,serial=blocks-$BLOCK"
done
for wanted in virtio_pci virtio_blk xfs; do
  /sbin/modprobe -d "$top/" -S "$version" --show-depends "$wanted" |
    while read -r word path rest; do
      [ "$word" = insmod ] && [ ! -e "root/modules/${path##*/}" ] || continue
      strip --strip-debug -o "root/modules/${path##*/}" "$path"
      echo "${path##*/}" >>root/modules/order
    done
done
strip --strip-debug -o root/modules/stalemate_gate.ko gate/stalemate_gate.ko
(cd root && find . | cpio -o -H newc --quiet) >initramfs.cpio

echo BOOTS
# Emulation by default: it is everywhere, and fast enough. On a busy machine the kernel would find
# that its timer does not work, so it is not to look.
timeout "${LIMIT:-$((600 * $#))}" qemu-system-x86_64 -machine "q35,accel=${ACCEL:-tcg}" -cpu max \
  -smp "${CPUS:-2}" -m 1024 -nodefaults -nographic -no-reboot -serial stdio \
  -kernel "$kernel" -initrd initramfs.cpio \
  $disks \
  -append "console=ttyS0 panic=-1 quiet ibt=off nokaslr mitigations=off no_timer_check" </dev/null
