# What Debian wants elsewhere than CMake puts it; run by cpack on what goes into the package.
file(GLOB folders ${CPACK_TEMPORARY_DIRECTORY}/usr/share ${CPACK_TEMPORARY_DIRECTORY}/*/usr/share)
foreach(share IN LISTS folders)
  if(EXISTS ${share}/zsh/site-functions/_stalemate)
    file(MAKE_DIRECTORY ${share}/zsh/vendor-completions)
    file(RENAME ${share}/zsh/site-functions/_stalemate ${share}/zsh/vendor-completions/_stalemate)
    file(REMOVE_RECURSE ${share}/zsh/site-functions)
  endif()
endforeach()
