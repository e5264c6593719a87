# find_package(stalemate): the checker as a library, stalemate::checker.
include(CMakeFindDependencyMacro)
find_dependency(fmt)
find_dependency(Threads)
find_dependency(PkgConfig)
if(NOT TARGET PkgConfig::XXHASH)
  pkg_check_modules(XXHASH REQUIRED QUIET IMPORTED_TARGET libxxhash)
endif()
include(${CMAKE_CURRENT_LIST_DIR}/stalemateTargets.cmake)
