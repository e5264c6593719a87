#pragma once

// What two parts of a program must agree about before one calls the other: the layout of what the
// standard library holds, and the headers. Both are texts at compile time, so that each part says
// what it was compiled with.

#include <string> // says which standard library this is

#if defined(_LIBCPP_VERSION)
#define STALEMATE_STANDARD_LIBRARY "libc++"
#elif defined(_GLIBCXX_DEBUG)
#define STALEMATE_STANDARD_LIBRARY "libstdc++ with _GLIBCXX_DEBUG"
#elif !_GLIBCXX_USE_CXX11_ABI
#define STALEMATE_STANDARD_LIBRARY "libstdc++ of before C++11"
#else
#define STALEMATE_STANDARD_LIBRARY "libstdc++"
#endif

/// The number of the headers, see known_headers(); the command line of the compiler says it.
#ifndef STALEMATE_HEADERS
#define STALEMATE_HEADERS "unknown"
#endif

#define STALEMATE_ABI "headers " STALEMATE_HEADERS ", " STALEMATE_STANDARD_LIBRARY
