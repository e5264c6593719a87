// A pipe that nobody reads is full at some time. Whoever waits for it can be told to end.

#include "checker/tests/figures.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

/// A named pipe that is full and has a reader, who does not read.
class FullPipe {
 public:
  explicit FullPipe(const Folder& folder) : path_(folder / "pipe") {
    CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(path_.c_str(), 0600));
    reader_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    writer_ = ::open(path_.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    CPPUNIT_ASSERT(reader_ >= 0 && writer_ >= 0);
    const std::array<char, 4096> page{};
    while (::write(writer_, page.data(), page.size()) > 0)
      continue;
  }
  ~FullPipe() {
    ::close(reader_);
    ::close(writer_);
  }
  FullPipe(const FullPipe&) = delete;
  FullPipe& operator=(const FullPipe&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  int reader_ = -1;
  int writer_ = -1;
};

constexpr int signal_after_ms = 1500;

class PipeTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(PipeTest);
  CPPUNIT_TEST(a_signal_ends_who_waits_for_standard_output);
  CPPUNIT_TEST(so_it_does_where_it_comes_first);
  CPPUNIT_TEST(a_signal_ends_who_waits_for_standard_error);
  CPPUNIT_TEST(a_signal_ends_who_waits_for_a_file);
  CPPUNIT_TEST(a_slow_reader_gets_everything);
  CPPUNIT_TEST_SUITE_END();

  static void expect_an_end(int signal, const std::vector<std::string>& words, Setting setting) {
    setting.signal = signal;
    setting.signal_after_ms = signal_after_ms;
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = run(words, setting);
    const auto took = std::chrono::steady_clock::now() - start;
    const std::string what = fmt::format("{}, {}", fmt::join(words, " "), outcome.err);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, 128 + signal, outcome.status);
    // A second for whoever has a machine for himself.
    CPPUNIT_ASSERT_MESSAGE(what, took < std::chrono::milliseconds(signal_after_ms + 5000));
    stalemate::tests::count_figure("faults_pipes");
  }

 public:
  void a_signal_ends_who_waits_for_standard_output() {
    const Folder folder;
    const FullPipe pipe(folder);
    Setting setting;
    setting.output = pipe.path();
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
      expect_an_end(signal, {"list"}, setting);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"run", "R1#none"},
                                                  {"trace", "R1#none", "--format", "json"},
                                                  {"check", "scenarios/stable-pages"},
                                                  {"--help"}})
      expect_an_end(SIGTERM, words, setting);
  }

  /// The report of a search that the signal has ended.
  void so_it_does_where_it_comes_first() {
    const Folder folder;
    const FullPipe pipe(folder);
    Setting setting;
    setting.output = pipe.path();
    expect_an_end(SIGTERM, {"run", folder.add("large.json", large_scenario)}, setting);
  }

  void a_signal_ends_who_waits_for_standard_error() {
    const Folder folder;
    const FullPipe pipe(folder);
    Setting shell;
    shell.program = "/bin/sh";
    expect_an_end(SIGTERM,
                  {"-c",
                   fmt::format("exec '{}' run {} 2>'{}'",
                               STALEMATE_BINARY,
                               folder.add("wrong.json", "wrong"),
                               pipe.path())},
                  shell);
  }

  void a_signal_ends_who_waits_for_a_file() {
    const Folder folder;
    const FullPipe pipe(folder);
    expect_an_end(SIGTERM, {"trace", "R1#none", "-o", pipe.path()}, {});
  }

  void a_slow_reader_gets_everything() {
    const std::string all = run({"schema"}).out;
    CPPUNIT_ASSERT(all.size() > 100'000); // More than a pipe holds.
    Setting shell;
    shell.program = "/bin/sh";
    const Outcome slow =
        run({"-c", fmt::format("'{}' schema | (sleep 1; cat)", STALEMATE_BINARY)}, shell);
    CPPUNIT_ASSERT_EQUAL(all, slow.out);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PipeTest);

} // namespace
} // namespace stalemate::cli::tests
