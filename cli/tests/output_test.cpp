#include "cli/output.hpp"

#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

namespace stalemate::cli {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

std::string refusal(const std::string& path, const std::string& content) {
  try {
    write_output(path, content);
    return "";
  } catch (const WriteError& error) {
    return error.what();
  }
}

class OutputTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(OutputTest);
  CPPUNIT_TEST(writes_a_new_file);
  CPPUNIT_TEST(replaces_a_file);
  CPPUNIT_TEST(keeps_a_symbolic_link);
  CPPUNIT_TEST(others_may_read_what_the_umask_allows);
  CPPUNIT_TEST(a_full_device_is_noticed);
  CPPUNIT_TEST(nothing_is_left_of_a_failed_write);
  CPPUNIT_TEST_SUITE_END();

  const tests::Folder folder_;

 public:
  void writes_a_new_file() {
    write_output(folder_ / "a.txt", "text");
    CPPUNIT_ASSERT_EQUAL(std::string("text"), tests::read(folder_ / "a.txt"));
    CPPUNIT_ASSERT((folder_.names() == Names{"a.txt"}));
  }

  void replaces_a_file() {
    folder_.add("a.txt", "something longer");
    write_output(folder_ / "a.txt", "text");
    CPPUNIT_ASSERT_EQUAL(std::string("text"), tests::read(folder_ / "a.txt"));
    CPPUNIT_ASSERT((folder_.names() == Names{"a.txt"}));
  }

  void keeps_a_symbolic_link() {
    folder_.add("a.txt", "old");
    fs::create_symlink("a.txt", folder_ / "b.txt");
    write_output(folder_ / "b.txt", "new");
    CPPUNIT_ASSERT(fs::is_symlink(folder_ / "b.txt"));
    CPPUNIT_ASSERT_EQUAL(std::string("new"), tests::read(folder_ / "a.txt"));
  }

  void others_may_read_what_the_umask_allows() {
    const mode_t mask = ::umask(027);
    write_output(folder_ / "a.txt", "text");
    ::umask(mask);
    struct stat status = {};
    CPPUNIT_ASSERT_EQUAL(0, ::stat((folder_ / "a.txt").c_str(), &status));
    CPPUNIT_ASSERT_EQUAL(0640U, static_cast<unsigned>(status.st_mode & 0777U));
  }

  void a_full_device_is_noticed() {
    CPPUNIT_ASSERT_EQUAL(std::string("/dev/full: cannot write: No space left on device"),
                         refusal("/dev/full", "text"));
    CPPUNIT_ASSERT_EQUAL(std::string(), refusal("/dev/null", "text"));
  }

  void nothing_is_left_of_a_failed_write() {
    const std::string nowhere = folder_ / "no/a.txt";
    CPPUNIT_ASSERT_EQUAL(nowhere + ": cannot write: No such file or directory",
                         refusal(nowhere, "text"));
    fs::create_directory(folder_ / "a");
    CPPUNIT_ASSERT_EQUAL((folder_ / "a") + ": cannot write: Is a directory",
                         refusal(folder_ / "a", "text"));
    CPPUNIT_ASSERT((folder_.names() == Names{"a"}));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OutputTest);

} // namespace
} // namespace stalemate::cli
