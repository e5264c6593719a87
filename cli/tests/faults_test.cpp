// What the machine does not give costs a user as little as can be: the search goes on without it,
// or ends as incomplete. It never ends without a word, and leaves nothing behind.

#include "cli/tests/environment.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <vector>

namespace stalemate::cli::tests {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The program behind something that the shell does first.
Outcome behind(const std::string& first, const std::string& arguments, std::string folder) {
  Setting setting;
  setting.program = "/bin/sh";
  setting.folder = std::move(folder);
  return run({"-c", fmt::format("{}; exec '{}' {}", first, STALEMATE_BINARY, arguments)}, setting);
}

double seconds_of(const std::vector<std::string>& words, Outcome& outcome) {
  const auto start = std::chrono::steady_clock::now();
  outcome = run(words);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

class FaultsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FaultsTest);
  CPPUNIT_TEST(no_temporary_folder);
  CPPUNIT_TEST(no_threads);
  CPPUNIT_TEST(a_compiler_that_hangs);
  CPPUNIT_TEST(a_compiler_of_several_words);
  CPPUNIT_TEST(a_compiler_that_makes_something_else);
  CPPUNIT_TEST(a_limit_of_time_on_the_processor);
  CPPUNIT_TEST(a_file_that_may_not_become_so_large);
  CPPUNIT_TEST(an_execution_that_does_not_end);
  CPPUNIT_TEST_SUITE_END();

 public:
  void no_temporary_folder() {
    const std::string nowhere = "export TMPDIR=/nonexistent";
    // It would be translated from 3 000 000 states on.
    const Outcome long_one =
        behind(nowhere, fmt::format("run {} --states-max 3200000", large_), STALEMATE_SOURCE_DIR);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(long_one.err, 3, long_one.status);
    CPPUNIT_ASSERT_MESSAGE(long_one.out, has(long_one.out, "3 200 000 states"));
    const Outcome always = behind(nowhere, "run R1#none --compile always", STALEMATE_SOURCE_DIR);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(always.err, 3, always.status);
    CPPUNIT_ASSERT_MESSAGE(always.out, has(always.out, "cannot be translated"));
  }

  // The result is that of one thread, and memory may still end it.
  void no_threads() {
    const Outcome one = run({"run", large_, "--states-max", "60000", "--compile", "never"});
    int told = 0;
    for (const int kilobytes : {60'000, 150'000, 250'000, 400'000, 900'000}) {
      const Outcome many =
          behind(fmt::format("ulimit -v {}", kilobytes),
                 fmt::format("run {} --threads 64 --states-max 60000 --compile never", large_),
                 STALEMATE_SOURCE_DIR);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(many.err, 3, many.status);
      if (has(many.out, "out of memory")) continue;
      CPPUNIT_ASSERT_EQUAL(one.out, many.out);
      ++told;
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(told), told >= 1);
    const Outcome jobs =
        behind("ulimit -v 300000", "check scenarios/dax --jobs 64", STALEMATE_SOURCE_DIR);
    CPPUNIT_ASSERT_MESSAGE(jobs.err, jobs.status == 0 || jobs.status == 3);
  }

  void a_compiler_that_hangs() {
    const Folder folder;
    const Environment slow("CXX", script(folder, "sleep 97 & echo $! > \"$0.child\"; wait"));
    Outcome outcome;
    const double seconds =
        seconds_of({"run", "R1#none", "--compile", "always", "--time-max", "700ms"}, outcome);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 3, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out, has(outcome.out, "the time limit of 700 ms"));
    CPPUNIT_ASSERT_MESSAGE(std::to_string(seconds), seconds < 20);
    // Nor is what it has started left behind.
    const int child = std::stoi(read(folder / "compiler.child"));
    for (int i = 0; i < 100 && ::kill(child, 0) == 0 && !is_zombie(child); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CPPUNIT_ASSERT(::kill(child, 0) != 0 || is_zombie(child));
  }

  void a_compiler_of_several_words() {
    const std::string name = std::getenv("CXX") != nullptr ? std::getenv("CXX") : "c++";
    const Environment words("CXX", "  env " + name + " -O1 ");
    const Outcome outcome = run({"run", "R1#none", "--compile", "always"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, 0, outcome.status);
  }

  void a_compiler_that_makes_something_else() {
    const Folder folder;
    const std::string name = std::getenv("CXX") != nullptr ? std::getenv("CXX") : "c++";
    const Environment other("CXX",
                            script(folder,
                                   "while [ \"$1\" != -o ]; do shift; done; echo 'int x;' | " +
                                       name + " -shared -fPIC -x c++ - -o \"$2\""));
    const Outcome outcome = run({"run", "R1#none", "--compile", "always"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 3, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out, has(outcome.out, "without the functions of the model"));
  }

  void a_limit_of_time_on_the_processor() {
    const Outcome outcome =
        behind("ulimit -t 60", "run R1#none --compile always", STALEMATE_SOURCE_DIR);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, 0, outcome.status);
  }

  void a_file_that_may_not_become_so_large() {
    const Folder folder;
    for (const char* name : {"x.svg", "x.json", "x.html"}) {
      const Outcome outcome =
          behind("ulimit -f 1", fmt::format("trace R1#none -o {}", name), folder.path());
      CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 2, outcome.status);
      CPPUNIT_ASSERT_MESSAGE(outcome.err, has(outcome.err, name));
      CPPUNIT_ASSERT(folder.names().empty());
    }
  }

  void an_execution_that_does_not_end() {
    const Folder folder;
    const std::string file = folder.add("full.json", R"({
      "id": "F", "title": "All executions", "lockless": {"engine": "relacy", "scheduler": "full"},
      "processes": [{"path": "dio_wait"}], "kernel": {"dio_wait": "explicit_barriers"}})");
    Outcome outcome;
    const double seconds = seconds_of({"run", file, "--time-max", "500ms"}, outcome);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 3, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out, has(outcome.out, "the time limit of 500 ms is reached"));
    CPPUNIT_ASSERT_MESSAGE(std::to_string(seconds), seconds < 20);
  }

 private:
  /// A program called compiler.
  static std::string script(const Folder& folder, const std::string& text) {
    std::string file = folder.add("compiler", "#!/bin/sh\n" + text + "\n");
    ::chmod(file.c_str(), 0755);
    return file;
  }

  static bool is_zombie(int process) {
    const std::string file = fmt::format("/proc/{}/stat", process);
    return std::filesystem::exists(file) && has(read(file), ") Z ");
  }

  const std::string large_ = "bench/two-writers.json#twice";
};

CPPUNIT_TEST_SUITE_REGISTRATION(FaultsTest);

} // namespace
} // namespace stalemate::cli::tests
