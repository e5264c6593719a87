// What is free is what the tightest of all limits leaves: the system's, and those of the control
// groups from ours up to the root, in either version.

#include "checker/search/free_memory.hpp"

#include "checker/outside/command.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace stalemate;
namespace fs = std::filesystem;

class FreeMemoryTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FreeMemoryTest);
  CPPUNIT_TEST(the_system_says_what_is_free);
  CPPUNIT_TEST(a_group_of_version_2_and_those_above_it);
  CPPUNIT_TEST(a_group_of_version_1);
  CPPUNIT_TEST(a_path_that_is_not_seen_in_a_container);
  CPPUNIT_TEST(nobody_says_anything);
  CPPUNIT_TEST_SUITE_END();

  using Bytes = std::optional<std::uint64_t>;

 public:
  void setUp() override {
    folder_.emplace();
    add("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable:    4000 kB\n");
  }
  void tearDown() override { folder_.reset(); }

  void the_system_says_what_is_free() { expect(4000 * 1024); }

  void a_group_of_version_2_and_those_above_it() {
    add("proc/self/cgroup", "0::/a.slice/b.scope\n");
    const std::string groups = "sys/fs/cgroup/";
    add(groups + "a.slice/b.scope/memory.max", "max\n");
    add(groups + "a.slice/b.scope/memory.current", "500\n");
    expect(4000 * 1024);
    add(groups + "a.slice/memory.max", "3000000\n");
    add(groups + "a.slice/memory.current", "1000000\n");
    expect(2000000);
    // What is only cached is given back.
    add(groups + "a.slice/memory.stat", "anon 600000\nfile 400000\ninactive_file 300000\n");
    expect(2300000);
    add(groups + "a.slice/b.scope/memory.max", "1500\n");
    expect(1000);
  }

  void a_group_of_version_1() {
    add("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/jobs/7\n0::/\n");
    const std::string group = "sys/fs/cgroup/memory/jobs/7/";
    add(group + "memory.limit_in_bytes", "2000000\n");
    add(group + "memory.usage_in_bytes", "2500000\n");
    expect(0);
    add(group + "memory.stat", "inactive_file 1\ntotal_inactive_file 1000000\n");
    expect(500000);
    add("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    add("sys/fs/cgroup/memory/memory.usage_in_bytes", "1\n");
    expect(500000);
  }

  void a_path_that_is_not_seen_in_a_container() {
    add("proc/self/cgroup", "4:memory:/docker/abc\n");
    add("sys/fs/cgroup/memory/memory.limit_in_bytes", "3000\n");
    add("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000\n");
    expect(2000);
  }

  void nobody_says_anything() {
    fs::remove_all(fs::path(folder_->path()) / "proc");
    CPPUNIT_ASSERT(memory_available(folder_->path()) == Bytes());
  }

 private:
  void add(const std::string& name, const std::string& text) const {
    const fs::path file = fs::path(folder_->path()) / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  void expect(std::uint64_t bytes) const {
    const Bytes found = memory_available(folder_->path());
    CPPUNIT_ASSERT(found.has_value());
    CPPUNIT_ASSERT_EQUAL(bytes, *found);
  }

  std::optional<TemporaryFolder> folder_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(FreeMemoryTest);
