# Writes a page of the manual for the program, and one for each command that it lists, into FOLDER,
# and touches STAMP. A command that is new has a page without being named anywhere else.
#
#   cmake -DPROGRAM=... -DHELP2MAN=... -DVERSION=... -DFOLDER=... -DSTAMP=... -P manual.cmake
execute_process(COMMAND ${PROGRAM} list commands --format json
  OUTPUT_VARIABLE commands COMMAND_ERROR_IS_FATAL ANY)
string(JSON count LENGTH "${commands}")
math(EXPR last "${count} - 1")
set(pages stalemate)
set(about_stalemate "explores every interleaving of kernel code paths")
foreach(i RANGE ${last})
  string(JSON command GET "${commands}" ${i} name)
  string(JSON about_stalemate-${command} GET "${commands}" ${i} text)
  list(APPEND pages stalemate-${command})
endforeach()

file(REMOVE_RECURSE ${FOLDER}) # Pages of commands that are gone.
file(MAKE_DIRECTORY ${FOLDER})
foreach(page IN LISTS pages)
  set(others ${pages})
  list(REMOVE_ITEM others ${page})
  list(TRANSFORM others APPEND "(1)")
  list(TRANSFORM others PREPEND "\\fB")
  list(TRANSFORM others REPLACE "\\(1\\)" "\\\\fR(1)")
  list(JOIN others ",\n" others)
  file(WRITE ${FOLDER}/${page}.also "[see also]\n${others}\n")
  string(REGEX REPLACE "^stalemate-" "" command ${page})
  set(call "${PROGRAM} ${command}")
  if(page STREQUAL stalemate)
    set(call ${PROGRAM})
  endif()
  # No line is broken but by who reads the page.
  execute_process(COMMAND ${CMAKE_COMMAND} -E env COLUMNS=1000
      ${HELP2MAN} --no-info --no-discard-stderr --version-string=${VERSION} --manual=Stalemate
      --source=stalemate "--name=${about_${page}}" --include=${FOLDER}/${page}.also
      --output=${FOLDER}/${page}.1 ${call}
    COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE ${FOLDER}/${page}.also)
  # It calls a page by the file of the program, and makes one paragraph of several commands.
  file(READ ${FOLDER}/${page}.1 text)
  string(TOUPPER ${page} title)
  string(REGEX REPLACE "\n\\.TH [^ ]+ " "\n.TH ${title} " text "${text}")
  string(REGEX REPLACE "(\n\\.SH NAME\n)[^\\]*" "\\1${page} " text "${text}")
  string(REGEX REPLACE "(\n\\.SH EXAMPLES\n)\\.IP\n(.*\n)(\\.SH )" "\\1.nf\n\\2.fi\n\\3" text "${text}")
  file(WRITE ${FOLDER}/${page}.1 "${text}")
endforeach()
file(TOUCH ${STAMP})
