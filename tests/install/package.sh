#!/bin/sh
# Installs a Debian package into a system that has nothing but apt, and asks it something there.
# Needs mmdebstrap and a mirror; as root, or where user namespaces may be made.
#
#   package.sh FILE.deb
set -eu

package=$(realpath "$1")
name=$(basename "$package")
mmdebstrap --quiet --variant=apt --format=null \
  --customize-hook="copy-in $package /opt" \
  --customize-hook="chroot \"\$1\" apt-get install -qq -y --no-install-recommends /opt/$name >/dev/null" \
  --customize-hook='chroot "$1" stalemate run "R1#none" --brief' \
  --customize-hook='chroot "$1" stalemate check D1' \
  --customize-hook='chroot "$1" sh -c "cd /opt && stalemate trace R1#none -o R1.svg && test -s R1.svg"' \
  --customize-hook='test -e "$1/usr/share/zsh/vendor-completions/_stalemate"' \
  --customize-hook='test -e "$1/usr/share/bash-completion/completions/stalemate"' \
  --customize-hook='test -e "$1/usr/share/fish/vendor_completions.d/stalemate.fish"' \
  --customize-hook='test -e "$1/usr/share/man/man1/stalemate-shrink.1"' \
  bookworm /dev/null
