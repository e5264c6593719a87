// The scripts of the kit, and what uml/build.sh asks of make, with one that only writes it down.

#include "checker/outside/command.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <filesystem>
#include <string>

namespace stalemate::reproduce {
namespace {

namespace fs = std::filesystem;

const std::string scripts_kit = STALEMATE_SOURCE_DIR "/reproduce";

class BuildTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(BuildTest);
  CPPUNIT_TEST(scripts_can_be_read);
  CPPUNIT_TEST(hooks_are_for_the_objects_only);
  CPPUNIT_TEST(what_is_the_same_keeps_its_age);
  CPPUNIT_TEST(says_what_is_missing);
  CPPUNIT_TEST_SUITE_END();

  const TemporaryFolder folder_;

  std::string in(const std::string& name) const { return folder_.path() + "/" + name; }

  /// A make that configures everything, and builds nothing.
  void write_make(const std::string& more = "") const {
    folder_.write("make",
                  fmt::format("#!/bin/sh\nfor word; do echo \"$word\" >>{0}; done\n"
                              "for each in XFS_FS BLK_DEV_UBD MEMCG KALLSYMS STACKTRACE; do\n"
                              "  echo CONFIG_$each=y\ndone >{1}/.config\n{2}\n",
                              in("asked"),
                              in("build"),
                              more));
    fs::permissions(in("make"), fs::perms::owner_all);
  }

  Ran build() const {
    return run({"env",
                "PATH=" + folder_.path() + ":/usr/bin:/bin",
                "sh",
                scripts_kit + "/uml/build.sh",
                "/tree",
                in("build"),
                "buffered-io",
                "xfs_iomap"},
               "/");
  }

  void asked_for(const std::string& word) const {
    CPPUNIT_ASSERT_MESSAGE(word, folder_.read("asked").find(word + "\n") != std::string::npos);
  }

 public:
  void scripts_can_be_read() {
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(scripts_kit)) {
      if (entry.path().extension() != ".sh" && entry.path().filename() != "init") continue;
      ++count;
      const Ran ran = run({"sh", "-n", entry.path().string()}, "/");
      CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.out, 0, ran.status);
    }
    CPPUNIT_ASSERT(count >= 5);
  }

  void hooks_are_for_the_objects_only() {
    write_make();
    const Ran ran = build();
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ran.out, 0, ran.status);
    const std::string hooks = "-finstrument-functions "
                              "-finstrument-functions-exclude-file-list=/tree/include/,/tree/arch/";
    asked_for("O=" + in("build"));
    asked_for("KCONFIG_ALLCONFIG=" + scripts_kit + "/uml/config");
    asked_for("allnoconfig");
    asked_for("CFLAGS_buffered-io.o=" + hooks);
    asked_for("CFLAGS_xfs_iomap.o=" + hooks);
    asked_for(fmt::format("CFLAGS_ctype.o=-include {0}/gate/gate.c -include {0}/gate/hooks.c",
                          in("build")));
    asked_for("linux");
  }

  void what_is_the_same_keeps_its_age() {
    write_make();
    CPPUNIT_ASSERT_EQUAL(0, build().status);
    const auto age = fs::last_write_time(in("build/gate/gate.c"));
    fs::last_write_time(in("build/gate/gate.c"), age - std::chrono::hours(1));
    folder_.write("build/gate/hooks.c", "another one");
    CPPUNIT_ASSERT_EQUAL(0, build().status);
    CPPUNIT_ASSERT(age - std::chrono::hours(1) == fs::last_write_time(in("build/gate/gate.c")));
    CPPUNIT_ASSERT(folder_.read("build/gate/hooks.c") != "another one");
  }

  void says_what_is_missing() {
    const auto said = [&] {
      const Ran ran = build();
      CPPUNIT_ASSERT_EQUAL(2, ran.status);
      return ran.out;
    };
    write_make("[ \"$(echo \"$@\" | grep -c ' linux$')\" = 0 ]");
    CPPUNIT_ASSERT_EQUAL("does not build; " + in("build/build.log") + " says why\n", said());
    write_make("sed -i /MEMCG/d " + in("build/.config"));
    CPPUNIT_ASSERT_EQUAL(std::string("has no CONFIG_MEMCG for user mode\n"), said());
    write_make("exit 1");
    CPPUNIT_ASSERT_EQUAL("cannot be configured; " + in("build/build.log") + " says why\n", said());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BuildTest);

} // namespace
} // namespace stalemate::reproduce
