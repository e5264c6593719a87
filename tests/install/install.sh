#!/bin/sh
# Installs a build into a folder of its own and uses it from there: the program, what completes its
# words, the links of its documents, and the checker as a library of another project.
#
#   install.sh BUILD-DIR
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
fail() {
  echo "install: $*" >&2
  exit 1
}

cmake --install "$build" --prefix "$folder/first" >/dev/null
mv first moved # Nothing in it may know where it was put.
prefix=$folder/moved

"$prefix/bin/stalemate" run 'R1#none' >run.txt || fail "R1#none is not as expected: $(cat run.txt)"
grep -q 'no_lost_write is violated after 16 steps' run.txt || fail "R1#none: $(cat run.txt)"
"$prefix/bin/stalemate" check 'D1' >/dev/null || fail "the scenarios are not found by their ids"
"$prefix/bin/stalemate" check scenarios/stable-pages >/dev/null || fail "the library is not found by its name"
"$prefix/bin/stalemate" schema | cmp -s - "$prefix/share/stalemate/scenarios/scenario.schema.json" ||
  fail "the schema is another one"
for schema in check trace matrix; do
  [ -s "$prefix/share/doc/stalemate/docs/schemas/$schema.schema.json" ] || fail "no schema of $schema"
done

bash -n "$prefix/share/bash-completion/completions/stalemate"
if command -v zsh >/dev/null; then zsh -n "$prefix/share/zsh/site-functions/_stalemate"; fi
if command -v fish >/dev/null; then fish -n "$prefix/share/fish/vendor_completions.d/stalemate.fish"; fi

# Every command has a page of the manual, which knows its options; no page is of anything else.
"$prefix/bin/stalemate" list commands --format json |
  python3 -c 'import json, sys; print("\n".join(one["name"] for one in json.load(sys.stdin)))' >commands.txt
[ "$(wc -l <commands.txt)" -ge 21 ] || fail "some commands are not listed"
pages=$prefix/share/man/man1
if [ -e "$pages/stalemate.1" ]; then
  (echo stalemate.1 && sed 's/.*/stalemate-&.1/' commands.txt) | sort >expected.txt
  ls "$pages" | sort | diff expected.txt - || fail "the manual has other pages"
  while read -r command; do
    page=$pages/stalemate-$command.1
    grep -q "stalemate-$command.*1" "$pages/stalemate.1" || fail "the manual does not lead to $command"
    "$prefix/bin/stalemate" "$command" --help | sed -n 's/^  \(-.,\)\{0,1\}\(--[a-z-]*\).*/\2/p' >options.txt
    while read -r option; do
      sed 's/\\-/-/g' "$page" | grep -q -e "$option" || fail "$page lacks $option"
    done <options.txt
  done <commands.txt
  if command -v man >/dev/null; then
    MANPATH=$prefix/share/man man stalemate-merge >/dev/null || fail "no manual page of merge"
  fi
fi

python3 "$here/links.py" "$prefix/share/doc/stalemate" >/dev/null

cp -r "$prefix/share/doc/stalemate/docs/example/library" example
cmake -S example -B example/build -DCMAKE_PREFIX_PATH="$prefix" >cmake.txt 2>&1 || fail "$(cat cmake.txt)"
cmake --build example/build >cmake.txt 2>&1 || fail "$(cat cmake.txt)"
if example/build/visitors >found.txt; then fail "the library finds nothing"; fi
cat >expected.txt <<'TEXT'
violated, 12 states
front: look at the counter
back: look at the counter
front: write one more
back: write one more
the counter says 1
TEXT
diff expected.txt found.txt || fail "the library finds something else"
