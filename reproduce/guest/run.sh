#!/bin/sh
# run.sh KERNEL: builds the programs and the first file system of the guest, boots KERNEL and prints
# what it says. KERNEL is /boot/vmlinuz-VERSION, with /lib/modules/VERSION, for qemu, or a program
# `linux` that was built for user mode, with the gates in it.
set -eu
cd "$(dirname "$0")"
. ./job
kernel=$1
case ${kernel##*/} in
  vmlinuz-*) . ./qemu.sh ;;
  *) . ./user-mode.sh ;;
esac

cc -O1 -static -o symbols symbols.c
cc -O1 -static -pthread -DGATES -o race race.c
cc -O1 -static -pthread -o stress stress.c

rm -rf root
mkdir -p root/bin root/dev root/proc root/sys root/mnt root/modules root/tmp
for name in $(busybox --list); do ln -sf busybox "root/bin/$name"; done
rm root/bin/busybox
cp /bin/busybox race stress symbols root/bin/
cp init root/init
cp job schedule root/
add_modules
(cd root && find . | cpio -o -H newc --quiet) >initramfs.cpio
rm -f disk.img
truncate -s 320M disk.img
/sbin/mkfs.xfs -q -f -b size="$BLOCK" disk.img
boot
