# Of run.sh, for a kernel that is a program, and has everything in it.
[ -x "$kernel" ] || { echo "run.sh: $kernel is no program" >&2; exit 2; }

add_modules() {
  : >root/modules/order
}

boot() {
  mkdir -p uml
  timeout "${LIMIT:-600}" "$kernel" mem=512M initrd=initramfs.cpio ubd0=disk.img uml_dir="$PWD/uml" \
    con=null con0=null,fd:1 quiet panic=-1 </dev/null
}
