#include "reports/tests/golden.hpp"

#include "reports/wrap.hpp"

#include <cppunit/TestAssert.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace stalemate::report::tests {

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// "line 3: ..." of both.
std::string first_difference(const std::string& expected, const std::string& actual) {
  std::istringstream left(expected);
  std::istringstream right(actual);
  for (int line = 1;; ++line) {
    std::string a;
    std::string b;
    const bool more_a = static_cast<bool>(std::getline(left, a));
    const bool more_b = static_cast<bool>(std::getline(right, b));
    if (a != b || more_a != more_b)
      return "line " + std::to_string(line) + "\n  approved: " + a + "\n  now:      " + b;
    if (!more_a) return "the end of the last line";
  }
}

} // namespace

void assert_golden(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path(STALEMATE_SOURCE_DIR) / "reports/tests/golden" / name;
  const char* approve = std::getenv("STALEMATE_APPROVE");
  if (approve != nullptr && std::string(approve) == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    CPPUNIT_ASSERT_MESSAGE("cannot write " + name, !out.fail());
    return;
  }
  const auto approved = read(path);
  if (approved == text) return;
  CPPUNIT_FAIL("golden/" + name + " differs in " + first_difference(approved, text) +
               "\n  read the change, then run the test with STALEMATE_APPROVE=1");
}

std::string written(const std::function<void(std::ostream&)>& writer) {
  std::ostringstream out;
  writer(out);
  return out.str();
}

std::string refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::exception& e) {
    return e.what();
  }
  return "accepted";
}

std::size_t widest(const std::string& text) {
  std::istringstream lines(text);
  std::size_t width = 0;
  for (std::string line; std::getline(lines, line);)
    width = std::max(width, static_cast<std::size_t>(columns_of(line)));
  return width;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

} // namespace stalemate::report::tests
