# Of run.sh, for a kernel that is a program, and has everything in it.
[ -x "$kernel" ] || { echo "run.sh: $kernel is no program" >&2; exit 2; }

# They are called in the order in which they are named.
add_disk() {
  letter=$(printf '%s' abcdefgh | cut -c $(($(echo $disks | wc -w) + 1)))
  disks="$disks ubd$letter=$disk"
  echo "$1 /dev/ubd$letter" >>root/disks
}

add_modules() {
  : >root/modules/order
}

boot() {
  mkdir -p uml
  timeout "$limit" "$kernel" mem=512M initrd=initramfs.cpio $disks uml_dir="$PWD/uml" \
    con=null con0=null,fd:1 quiet panic=-1 </dev/null
}
