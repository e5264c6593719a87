// Exit statuses: the same rule for every command.

#include "cli/tests/program.hpp"
#include "cli/version.hpp"
#include "model/scenario/excerpt.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <signal.h>

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

class StatusTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(StatusTest);
  CPPUNIT_TEST(as_expected_is_0);
  CPPUNIT_TEST(an_expectation_changed_is_1);
  CPPUNIT_TEST(a_wrong_count_is_1);
  CPPUNIT_TEST(a_trace_that_is_not_there_is_1);
  CPPUNIT_TEST(a_limit_is_3);
  CPPUNIT_TEST(an_audit_that_a_limit_ends_is_3);
  CPPUNIT_TEST(options_that_do_nothing_are_named);
  CPPUNIT_TEST(a_difference_outweighs_a_limit);
  CPPUNIT_TEST(what_cannot_be_written_is_2);
  CPPUNIT_TEST(a_signal_is_128_and_its_number);
  CPPUNIT_TEST(wrong_command_lines_are_2);
  CPPUNIT_TEST(help_is_0);
  CPPUNIT_TEST(the_version_is_that_of_the_build);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const Setting here_{.folder = folder_.path()};
  const std::string race_ = read(STALEMATE_SOURCE_DIR "/cli/tests/data/race.json");

  void expect(int status, const std::vector<std::string>& arguments) const {
    const Outcome outcome = run(arguments, here_);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(
        fmt::format("{}\n{}{}", fmt::join(arguments, " "), outcome.out, outcome.err),
        status,
        outcome.status);
  }

 public:
  void as_expected_is_0() {
    folder_.add("race.json", race_);
    expect(0, {"run", "race.json"});
    expect(0, {"run", "race.json#broken"});
    expect(0, {"check", "race.json"});
    expect(0, {"check", "."});
    expect(0, {"trace", "race.json#broken"});
    expect(0, {"trace", "race.json#stuck"});
    expect(0, {"trace", "race.json#stuck", "--format", "text"});
  }

  void an_expectation_changed_is_1() {
    folder_.add("race.json",
                replaced(race_, R"({"violated": "no_lost_write"})", R"({"holds": true})"));
    for (const char* command : {"run", "check"})
      expect(1, {command, "race.json"});
    for (const char* command : {"run", "check", "trace"})
      expect(1, {command, "race.json#broken"});
    expect(0, {"run", "race.json#stuck"});
    folder_.add("race.json", replaced(race_, "\"no_lost_write\"}", "\"no_foreign_data\"}"));
    expect(1, {"run", "race.json"});
  }

  void a_wrong_count_is_1() {
    const std::string length = R"({"violated": "no_lost_write", "length": 1})";
    folder_.add("race.json", replaced(race_, R"({"violated": "no_lost_write"})", length));
    const Outcome outcome = run({"check", "race.json"}, here_);
    CPPUNIT_ASSERT_EQUAL(1, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("  FAILED\n    expected 1 steps, found ") != std::string::npos);
  }

  void a_trace_that_is_not_there_is_1() {
    folder_.add("race.json", race_);
    const Outcome outcome = run({"trace", "race.json#sound", "-o", "t.svg"}, here_);
    CPPUNIT_ASSERT_EQUAL(1, outcome.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
    CPPUNIT_ASSERT(outcome.err.starts_with("stalemate: there is no trace: T1#sound: holds: "));
    CPPUNIT_ASSERT((folder_.names() == std::vector<std::string>{"race.json"}));
  }

  void a_limit_is_3() {
    folder_.add("race.json", race_);
    expect(3, {"run", "--states-max", "2", "race.json#sound"});
    expect(3, {"run", "--memory-max", "1k", "race.json#sound"});
    expect(3, {"check", "--states-max", "2", "race.json"});
    expect(3, {"trace", "--states-max", "2", "race.json#broken"});
    folder_.add("large.json", large_scenario);
    const Outcome outcome = run({"run", "--time-max", "100ms", "large.json"}, here_);
    CPPUNIT_ASSERT_EQUAL(3, outcome.status);
    CPPUNIT_ASSERT(outcome.out.starts_with("L: Large\n"));
    CPPUNIT_ASSERT(outcome.out.find("\nincomplete (the time limit of 100 ms is reached): ") !=
                   std::string::npos);
  }

  void an_audit_that_a_limit_ends_is_3() {
    const Outcome outcome = run({"run", "R1#valid", "--audit", "1000000", "--memory-max", "600K"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.out + outcome.err, 3, outcome.status);
    CPPUNIT_ASSERT(outcome.out.find("incomplete (of the audit: ") != std::string::npos);
    CPPUNIT_ASSERT(outcome.err.find("audit incomplete: ") != std::string::npos);
    const Outcome whole = run({"run", "R1#valid", "--audit", "2"});
    CPPUNIT_ASSERT_EQUAL(0, whole.status);
    CPPUNIT_ASSERT(whole.err.find("audit passed: ") != std::string::npos);
  }

  void options_that_do_nothing_are_named() {
    const auto expect_said = [](const std::vector<std::string>& arguments, const char* line) {
      const Outcome outcome = run(arguments);
      CPPUNIT_ASSERT_EQUAL(std::string(line), outcome.err);
    };
    expect_said({"run", "C3#relaxed-put", "--threads", "2", "--audit", "5"},
                "stalemate: no effect on protocols, which Relacy executes: --threads, --audit\n");
    expect_said({"run", "R1#none", "--engine", "relacy", "--reduce", "all", "--states-max", "5"},
                "stalemate: no effect with --engine relacy: --states-max, --reduce\n");
    expect_said({"run", "R1#none", "--switches", "3"},
                "stalemate: no effect without --engine relacy: --switches\n");
    expect_said({"run", "R1#none", "--threads", "2"}, "");
  }

  void a_difference_outweighs_a_limit() {
    folder_.add("a.json", large_scenario);
    folder_.add("race.json",
                replaced(race_, R"({"violated": "no_lost_write"})", R"({"holds": true})"));
    expect(1, {"check", "--time-max", "100ms", "."});
  }

  void what_cannot_be_written_is_2() {
    folder_.add("race.json", race_);
    Setting full = here_;
    full.output = "/dev/full";
    const std::vector<std::vector<std::string>> commands{
        {"run", "race.json"},
        {"check", "race.json"},
        {"check", "--format", "json", "race.json"},
        {"check", "--format", "junit", "race.json"},
        {"trace", "race.json#broken"},
        {"trace", "race.json#broken", "--format", "svg"},
        {"show", "buffered_write"},
        {"list"},
        {"list", "knobs"},
        {"list", "layout", "unwritten"},
        {"schema"},
        {"--help"},
        {"--version"},
    };
    for (const auto& command : commands) {
      const Outcome outcome = run(command, full);
      const std::string name = fmt::format("{}", fmt::join(command, " "));
      CPPUNIT_ASSERT_EQUAL_MESSAGE(name, 2, outcome.status);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(
          name, std::string("stalemate: standard output: cannot write\n"), outcome.err);
    }
    expect(2, {"trace", "race.json#broken", "-o", "/dev/full"});
    // What can be known before is said before the search.
    folder_.add("large.json", large_scenario);
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"trace", "large.json", "-o", "nowhere/t.svg"},
          {"trace", "large.json", "-o", "."},
          {"shrink", "large.json", "-o", "nowhere/l.json"},
          {"check", "large.json", "--report", "junit=nowhere/j.xml"}}) {
      const Outcome outcome = run(command, here_);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 2, outcome.status);
      CPPUNIT_ASSERT_MESSAGE(outcome.err, outcome.err.ends_with("directory\n"));
      CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
    }
  }

  void a_signal_is_128_and_its_number() {
    folder_.add("large.json", large_scenario);
    folder_.add("more.json", replaced(large_scenario, "\"L\"", "\"M\""));
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      Setting setting = here_;
      setting.signal = signal;
      setting.signal_after_ms = 1000;
      const Outcome outcome = run({"run", "large.json"}, setting);
      CPPUNIT_ASSERT_EQUAL(128 + signal, outcome.status);
      CPPUNIT_ASSERT_MESSAGE(outcome.out,
                             outcome.out.find("\nincomplete (interrupted): ") != std::string::npos);
    }
    Setting setting = here_;
    setting.signal = SIGINT;
    setting.signal_after_ms = 1000;
    const Outcome outcome = run({"check", "--format", "json", "."}, setting);
    CPPUNIT_ASSERT_EQUAL(130, outcome.status);
    CPPUNIT_ASSERT(outcome.out.starts_with("{\n"));
    CPPUNIT_ASSERT(outcome.out.ends_with("}\n"));
    CPPUNIT_ASSERT_EQUAL(std::string("stalemate: interrupted, 1 of 2 scenarios were not run\n"),
                         outcome.err);
  }

  void wrong_command_lines_are_2() {
    const std::vector<std::vector<std::string>> lines{
        {},
        {"rnu"},
        {"rnu", "--help"},
        {"rnu", "--version"},
        {"--verbose"},
        {"run"},
        {"run", "a.json", "b.json"},
        {"run", "--states-max", "a.json"},
        {"run", "--states-max", "0", "a.json"},
        {"run", "--states-max", "-1", "a.json"},
        {"run", "--states-max", "1e6", "a.json"},
        {"run", "--memory-max", "2X", "a.json"},
        {"run", "--memory-max", "99999999999G", "a.json"},
        {"run", "--memory-max", "0", "a.json"},
        {"run", "--time-max", "10", "a.json"},
        {"run", "--time-max", "10 years", "a.json"},
        {"run", "--store", "hash", "a.json"},
        {"run", "--store", "tree", "--threads", "2", "a.json"},
        {"check"},
        {"check", "--format", "xml", "a.json"},
        {"trace", "a.json", "-o", "a.gif"},
        {"trace", "a.json", "-o"},
        {"trace", "a.json", "--format", "jpg"},
        {"show"},
        {"show", "bufered_write"},
        {"show", "buffered_write", "-o", "a.html"},
        {"list", "knob"},
        {"matrix"},
        {"matrix", "--format", "csv", "a.json"},
        {"matrix", "--kernels", "v6.21", "a.json"},
        {"matrix", "--store", "compact", "a.json"},
        {"list", "knobs", "iomap_vald"},
        {"replay"},
        {"export", "a.json"},
        {"export", "a.json", "--to", "tla"},
        {"schema", "more"},
        {"run", "\x1b[31m", "\n"},
        {"run", "a.json", "--thread", "2"},
        {"run", "a.json", "--Threads=2"},
        {"check", "a.json", "-x"},
        {"run", "a.json", "--width", "10"},
        {"run", "a.json", "--set"},
        {"help", "rnu"},
        {"check", ".", "--report", "junt=x.xml"},
        {"check", ".", "--report", "ktap=-"},
        {"check", ".", "--report", "x.xml"},
        {"check", ".", "--shard", "5/4"},
        {"check", ".", "--jobs", "0"},
        {"check", ".", "--total-time-max", "10"},
        {"completion", "csh"},
        {"merge"},
        {"merge", "a.json", "--shard", "1/2"},
        {"check", ".", "--report", "junit=nowhere/x.xml"},
        {"trace", "a.json", "-o", "nowhere/a.svg"},
        {"run", "nowhere.json"},
        {"run", "R999"},
        {"run", "R1#non"},
        {"run", "R1#none", "--claim", "no_lost_writes"},
        {"run", "R1#none", "--set", "iomap_valid"},
        {"run", "R1#none", "--set", "iomap_vald=none"},
        {"run", "R1#none", "--set", "iomap_valid=non"},
        {"run", "R1#none", "--patch", "nowhere.json"},
        {"run", "R1#none", "--with", "nowhere.cpp"},
        {"run", "R1#none", "--format", "json"},
        {"run", "R1#none", "--reach"},
        {"trace", "R1"},
        {"trace", "R1#none", "-f"},
        {"trace", "R1#none", "-f", "html5"},
        {"check", "nowhere"},
        {"check", "R1#none", "--filter", "nothing"},
        {"check", "R1#none", "--shard", "1"},
        {"check", "R1#none", "--report", "junit="},
        {"check", "R1#none", "--report", "=x.xml"},
        {"check", "R1#none", "--failed-only", "nowhere.json"},
        {"check", "R1#none", "--accept", "--set", "iomap_valid=none"},
        {"merge", "nowhere.json"},
        {"matrix", "nowhere"},
        {"graph"},
        {"graph", "R1"},
        {"graph", "R1#none", "-o", "x.gif"},
        {"graph", "R1#none", "--by", "extents"},
        {"graph", "R1#none", "--states-max", "5"},
        {"graph", "R1#none", "--nodes-max", "1"},
        {"explore"},
        {"explore", "R1"},
        {"shrink"},
        {"shrink", "R1"},
        {"shrink", "R1#valid"},
        {"shrink", "R1#none", "-o", "nowhere/x.json"},
        {"teeth"},
        {"teeth", "nowhere"},
        {"teeth", "R1#none", "--format", "csv"},
        {"teeth", "R1#none", "--path", "dio_write"},
        {"teeth", "R1#none", "--expect", "nowhere.json"},
        {"teeth", "--from", "nowhere.json"},
        {"bisect"},
        {"bisect", "R1#none", "R1#valid"},
        {"hunt", "--kernel", "v9"},
        {"hunt", "--processes", "0"},
        {"hunt", "--known", "nowhere.json"},
        {"replay", "nowhere.json"},
        {"reproduce"},
        {"reproduce", "R1#none", "--source", "nowhere"},
        {"conform"},
        {"conform", "nowhere.log"},
        {"export", "R1", "--to", "murphi"},
        {"list", "layout", "unwriten"},
        {"list", "kernels", "v9"},
        {"list", "state"},
        {"list", "state", "R1#non"},
        {"list", "commands", "rnu"},
        {"show", "--diff", "R1"},
        {"completion"},
    };
    std::string all;
    for (const auto& line : lines) {
      const Outcome outcome = run(line, here_);
      std::string said = outcome.err;
      const std::string root = std::string(STALEMATE_SOURCE_DIR) + "/";
      while (said.find(root) != std::string::npos)
        said = replaced(said, root, "");
      all += fmt::format(
          "stalemate {}\n  {}", kernel::printable(fmt::format("{}", fmt::join(line, " "))), said);
      // Said in one line, which names what is wrong.
      CPPUNIT_ASSERT_EQUAL_MESSAGE(
          all, std::ptrdiff_t{1}, std::count(outcome.err.begin(), outcome.err.end(), '\n'));
      CPPUNIT_ASSERT_EQUAL_MESSAGE(all, 2, outcome.status);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(all, std::string(), outcome.out);
    }
    assert_golden("usage.txt", all);
  }

  void help_is_0() {
    CPPUNIT_ASSERT(run({"run", "--help"}).out.find("\n\n\n") == std::string::npos);
    std::vector<std::string> commands{""};
    for (const auto& one : nlohmann::json::parse(run({"list", "commands", "--format", "json"}).out))
      commands.push_back(one["name"]);
    for (const std::string& command : commands) {
      const std::vector<std::string> line = command.empty()
                                                ? std::vector<std::string>{"--help"}
                                                : std::vector<std::string>{command, "--help"};
      const Outcome outcome = run(line, here_);
      CPPUNIT_ASSERT_EQUAL(0, outcome.status);
      CPPUNIT_ASSERT_EQUAL(std::string(), outcome.err);
      if (!command.empty())
        CPPUNIT_ASSERT_MESSAGE(command,
                               outcome.out.find("  stalemate " + command) != std::string::npos);
      if (!command.empty()) CPPUNIT_ASSERT_EQUAL(outcome.out, run({"help", command}, here_).out);
      std::istringstream lines(outcome.out);
      for (std::string text; std::getline(lines, text);)
        CPPUNIT_ASSERT_MESSAGE(text, text.size() <= 100);
    }
    CPPUNIT_ASSERT_EQUAL(run({"--help"}).out, run({"help"}).out);
  }

  void the_version_is_that_of_the_build() {
    const std::string cmake = read(STALEMATE_SOURCE_DIR "/CMakeLists.txt");
    CPPUNIT_ASSERT(cmake.find(fmt::format("project(stalemate VERSION {} ", program_version)) !=
                   std::string::npos);
    CPPUNIT_ASSERT_EQUAL(fmt::format("stalemate {}\n", program_version), run({"--version"}).out);
    CPPUNIT_ASSERT_EQUAL(run({"--version"}).out, run({"version"}).out);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StatusTest);

} // namespace
} // namespace stalemate::cli::tests
