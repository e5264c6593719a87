# Of run.sh, for a kernel that is loaded with its modules and that of the gates.
version=${kernel##*/vmlinuz-}
boot=$(dirname "$kernel")
top=$(dirname "$boot")
modules=$top/lib/modules/$version
[ -d "$modules" ] || { echo "run.sh: $modules is missing" >&2; exit 2; }
[ "$top" = / ] && top=

# add_disk SIZE: $disk, with blocks of that size.
add_disk() {
  disks="$disks -drive file=$disk,if=none,id=disk$1,format=raw,cache=unsafe
    -device virtio-blk-pci,drive=disk$1,serial=blocks-$1"
}

add_modules() {
  make -s -C "$modules/build" M="$PWD/gate" modules >build.log 2>&1 || { cat build.log >&2; exit 2; }
  for wanted in virtio_pci virtio_blk xfs; do
    /sbin/modprobe -d "$top/" -S "$version" --show-depends "$wanted" |
      while read -r word path rest; do
        [ "$word" = insmod ] && [ ! -e "root/modules/${path##*/}" ] || continue
        strip --strip-debug -o "root/modules/${path##*/}" "$path"
        echo "${path##*/}" >>root/modules/order
      done
  done
  strip --strip-debug -o root/modules/stalemate_gate.ko gate/stalemate_gate.ko
}

# Emulation by default: it is everywhere, and fast enough. On a busy machine the kernel would find
# that its timer does not work, so it is not to look.
boot() {
  timeout "$limit" qemu-system-x86_64 -machine "q35,accel=${ACCEL:-tcg}" -cpu max \
    -smp "${CPUS:-2}" -m 1024 -nodefaults -nographic -no-reboot -serial stdio \
    -kernel "$kernel" -initrd initramfs.cpio \
    $disks \
    -append "console=ttyS0 panic=-1 quiet ibt=off nokaslr mitigations=off no_timer_check" </dev/null
}
