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
cc -O1 -static -pthread -DGATES -o race race.c
cc -O1 -static -pthread -o stress stress.c
make -s -C "$modules/build" M="$PWD/gate" modules >build.log 2>&1 || { cat build.log >&2; exit 2; }

rm -rf root
mkdir -p root/bin root/dev root/proc root/sys root/mnt root/modules root/tmp
for name in $(busybox --list); do ln -sf busybox "root/bin/$name"; done
rm root/bin/busybox
cp /bin/busybox race stress symbols root/bin/
cp init root/init
cp job schedule root/
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
rm -f disk.img
truncate -s 320M disk.img
/sbin/mkfs.xfs -q -f -b size="$BLOCK" disk.img

# Emulation by default: it is everywhere, and fast enough. On a busy machine the kernel would find
# that its timer does not work, so it is not to look.
timeout "${LIMIT:-600}" qemu-system-x86_64 -machine "q35,accel=${ACCEL:-tcg}" -cpu max \
  -smp "${CPUS:-2}" -m 768 -nodefaults -nographic -no-reboot -serial stdio \
  -kernel "$kernel" -initrd initramfs.cpio \
  -drive file=disk.img,if=virtio,format=raw,cache=unsafe \
  -append "console=ttyS0 panic=-1 quiet ibt=off nokaslr mitigations=off no_timer_check" </dev/null
