#!/bin/sh
# run.sh KERNEL: builds the programs, the module and the first file system of the guest, boots
# KERNEL (/boot/vmlinuz-VERSION, with /lib/modules/VERSION) in qemu, and prints what it says.
set -eu
cd "$(dirname "$0")"
. ./job
kernel=$1
version=${kernel##*/vmlinuz-}
boot=$(dirname "$kernel")
top=$(dirname "$boot")
modules=$top/lib/modules/$version
[ -d "$modules" ] || { echo "run.sh: $modules is missing" >&2; exit 2; }
[ "$top" = / ] && top=

cc -O1 -static -o symbols symbols.c
[ ! -e play.h ] || cc -O1 -static -pthread -DGATES -o race race.c
[ ! -e stress.c ] || cc -O1 -static -pthread -o stress stress.c
make -s -C "$modules/build" M="$PWD/gate" modules >build.log 2>&1 || { cat build.log >&2; exit 2; }

rm -rf root
mkdir -p root/bin root/dev root/proc root/sys root/mnt root/modules root/tmp
for name in $(busybox --list); do ln -sf busybox "root/bin/$name"; done
rm root/bin/busybox
cp /bin/busybox symbols root/bin/
for name in race stress; do [ ! -e $name ] || cp $name root/bin/; done
cp init root/init
cp job schedule root/
# A campaign has many programs.
[ ! -e campaign ] || cp campaign root/
for play in plays/*; do
  [ -d "$play" ] || continue
  mkdir -p "root/$play"
  cp "$play/job" "root/$play/"
  cc -O1 -s -static -pthread -DGATES "-I$play" -o "root/$play/race" race.c
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
rm -f disk-*.img
set --
for size in ${BLOCKS:-$BLOCK}; do
  truncate -s 320M "disk-$size.img"
  /sbin/mkfs.xfs -q -f -b size="$size" "disk-$size.img"
  set -- "$@" -drive "file=disk-$size.img,if=virtio,format=raw,cache=unsafe"
done

# Emulation by default: it is everywhere, and fast enough. On a busy machine the kernel would find
# that its timer does not work, so it is not to look.
timeout "${LIMIT:-600}" qemu-system-x86_64 -machine "q35,accel=${ACCEL:-tcg}" -cpu max \
  -smp "${CPUS:-2}" -m 768 -nodefaults -nographic -no-reboot -serial stdio \
  -kernel "$kernel" -initrd initramfs.cpio \
  "$@" \
  -append "console=ttyS0 panic=-1 quiet ibt=off nokaslr mitigations=off no_timer_check" </dev/null
