#!/bin/sh
# The pictures in the documents are what the program draws.
#
#   pictures.sh PROGRAM            says which is another one
#   pictures.sh PROGRAM --write    draws them: ./dev pictures
set -eu

program=$(realpath "$1")
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

failed=0
while read -r picture scenario; do
  "$program" trace "$scenario" -o "$folder/picture.svg" 2>/dev/null
  if [ "${2-}" = --write ]; then
    cp "$folder/picture.svg" "docs/images/$picture"
  elif ! cmp -s "$folder/picture.svg" "docs/images/$picture"; then
    echo "pictures: docs/images/$picture is not what is drawn of $scenario; ./dev pictures draws it" >&2
    failed=1
  fi
done <<'PICTURES'
r1-none.svg R1#none
PICTURES
exit "$failed"
