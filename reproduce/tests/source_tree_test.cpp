// What is said of a kernel tree, with small ones that are none.

#include "reproduce/source_tree.hpp"

#include "reproduce/refusal.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <stdlib.h> // mkdtemp

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace stalemate::reproduce {
namespace {

namespace fs = std::filesystem;

class SourceTreeTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SourceTreeTest);
  CPPUNIT_TEST(knows_its_version);
  CPPUNIT_TEST(an_object_defines_a_function);
  CPPUNIT_TEST(a_declaration_or_a_call_is_no_definition);
  CPPUNIT_TEST(refuses_what_is_no_tree);
  CPPUNIT_TEST(refuses_what_was_built_in_place);
  CPPUNIT_TEST_SUITE_END();

  std::string folder_;

  void write(const std::string& name, const std::string& text) const {
    const fs::path path = fs::path(folder_) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  std::string refusal() const {
    try {
      (void)SourceTree(folder_);
      return "accepted";
    } catch (const Refusal& error) {
      return error.what();
    }
  }

  std::string objects_of(const std::set<std::string>& functions) const {
    return fmt::format("{}", fmt::join(SourceTree(folder_).objects_of(functions), " "));
  }

 public:
  void setUp() override {
    folder_ = (fs::temp_directory_path() / "stalemate-tree-XXXXXX").string();
    CPPUNIT_ASSERT(mkdtemp(folder_.data()) != nullptr);
    write("Makefile",
          "# SPDX\nVERSION = 6\nPATCHLEVEL = 18\nSUBLEVEL = 35\nEXTRAVERSION = -rc1\nNAME = x\n");
    write("Kconfig", "");
    write("arch/um/Makefile", "");
  }

  void tearDown() override { fs::remove_all(folder_); }

  void knows_its_version() {
    const SourceTree tree(folder_ + "/arch/..");
    CPPUNIT_ASSERT_EQUAL(std::string("v6.18"), tree.version());
    CPPUNIT_ASSERT_EQUAL(std::string("6.18.35"), tree.release());
    CPPUNIT_ASSERT_EQUAL(fs::canonical(folder_).string(), tree.folder());
  }

  void an_object_defines_a_function() {
    write("fs/iomap/buffered-io.c", "static int iomap_write_begin(int one,\n\t\tint two)\n{\n}\n");
    write("fs/xfs/xfs_iomap.c", "STATIC bool\nxfs_iomap_valid(\n\tint one)\n{\n}\n");
    write("fs/xfs/libxfs/xfs_bmap.c", "int xfs_bmapi_convert_delalloc(int i) {\n}\n");
    write("mm/deep/below.c", "void below(void)\n{\n}\n");
    write("mm/vmscan.h", "void shrink_folio_list(void)\n{\n}\n");
    CPPUNIT_ASSERT_EQUAL(std::string("buffered-io xfs_bmap xfs_iomap"),
                         objects_of({"iomap_write_begin",
                                     "xfs_iomap_valid",
                                     "xfs_bmapi_convert_delalloc",
                                     "below",
                                     "shrink_folio_list",
                                     "nowhere"}));
  }

  void a_declaration_or_a_call_is_no_definition() {
    write("mm/a.c", "int a(int);\nint\nb(int);\nSOMETHING(c);\nint other(void)\n{\n\td(1);\n}\n");
    write("mm/z.c", "int z(void)\n{\n}\n");
    CPPUNIT_ASSERT_EQUAL(std::string("z"), objects_of({"a", "b", "c", "d", "z"}));
    try {
      (void)objects_of({"a"});
      CPPUNIT_FAIL("accepted");
    } catch (const Refusal& error) {
      CPPUNIT_ASSERT(std::string(error.what()).find("defines no function of the map") !=
                     std::string::npos);
    }
  }

  void refuses_what_is_no_tree() {
    fs::remove(fs::path(folder_) / "arch/um/Makefile");
    CPPUNIT_ASSERT_EQUAL(std::string("has no arch/um, and cannot be built for user mode"),
                         refusal());
    write("Makefile", "all:\n");
    CPPUNIT_ASSERT_EQUAL(std::string("is no kernel tree, which has a Kconfig, and VERSION and "
                                     "PATCHLEVEL in its Makefile"),
                         refusal());
    fs::remove_all(folder_);
    CPPUNIT_ASSERT_EQUAL(std::string("there is no such folder"), refusal());
  }

  void refuses_what_was_built_in_place() {
    write(".config", "");
    CPPUNIT_ASSERT_EQUAL(
        std::string("was built in place, for .config is there, and cannot be built "
                    "beside that: run `make mrproper` there, or make a `git "
                    "worktree` of it"),
        refusal());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SourceTreeTest);

} // namespace
} // namespace stalemate::reproduce
