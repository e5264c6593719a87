#pragma once

#include <cppunit/TestAssert.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace stalemate::tests {

/// Fails unless the text equals <folder>/<name>. With STALEMATE_APPROVE=1 in the
/// environment the file is written instead.
inline void assert_golden(const std::string& name,
                          const std::string& text,
                          const std::string& folder = "checker/tests/golden") {
  const std::string path = STALEMATE_SOURCE_DIR "/" + folder + "/" + name;
  const char* approve = std::getenv("STALEMATE_APPROVE");
  if (approve != nullptr && std::string(approve) == "1")
    std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  const std::string approved{std::istreambuf_iterator<char>(file), {}};
  CPPUNIT_ASSERT_EQUAL_MESSAGE("golden/" + name, approved, text);
}

} // namespace stalemate::tests
