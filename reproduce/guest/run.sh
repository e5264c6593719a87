#!/bin/sh
# run.sh KERNEL [FOLDER...]: builds the programs and the first file systems of the guest, boots
# KERNEL, and prints what it says. KERNEL is /boot/vmlinuz-VERSION, with /lib/modules/VERSION, for
# qemu, or a program that was built for user mode with the gates in it. Runs the race of this
# folder, or those of other folders like it, one after the other.
set -eu
cd "$(dirname "$0")"
kernel=$1
shift
[ $# -gt 0 ] || set -- .
case ${kernel##*/} in
  vmlinuz-*) . ./qemu.sh ;;
  *) . ./user-mode.sh ;;
esac

cc -O1 -static -o symbols symbols.c
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
  add_disk
done
add_modules
(cd root && find . | cpio -o -H newc --quiet) >initramfs.cpio
limit=${LIMIT:-$((600 * $#))}
echo BOOTS
boot
