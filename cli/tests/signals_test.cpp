// A signal may come at any instant: before the first line is read, in a search, while a report is
// written. Within a second the program has ended, and has said nothing that it does not know.

#include "checker/tests/amount.hpp"
#include "checker/tests/figures.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <signal.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

class SignalsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SignalsTest);
  CPPUNIT_TEST(at_any_instant);
  CPPUNIT_TEST_SUITE_END();

 public:
  void at_any_instant() {
    const Folder folder;
    const std::string large = folder.add("large.json", large_scenario);
    const std::string checkpoint = folder / "checkpoint";
    const std::string picture = folder / "out.svg";
    const std::array<std::vector<std::string>, 6> commands{
        {{"run", large},
         {"run", large, "--threads", "2", "--compile", "always"},
         {"run", large, "--reduce", "all", "--checkpoint", checkpoint},
         {"check", "scenarios/iomap", "--format", "json"},
         {"hunt", "--kernel", "v6.18", "--section", "file"},
         {"trace", "R2#none", "-o", picture}}};
    std::mt19937 random(1);
    int early = 0;
    for (std::uint64_t i = 0; i < stalemate::tests::amount(18, 600); ++i) {
      std::vector<std::string> words = commands[i % commands.size()];
      if (words.back() == checkpoint) words.back() += std::to_string(i);
      Setting setting;
      setting.signal = std::array{SIGINT, SIGTERM, SIGHUP}[i / commands.size() % 3];
      setting.signal_after_ms = static_cast<int>(random() % 1000);
      const auto start = std::chrono::steady_clock::now();
      const Outcome outcome = run(words, setting);
      const auto took = std::chrono::steady_clock::now() - start;
      const std::string what = fmt::format("{}, signal {} after {} ms: status {}\n{}{}",
                                           fmt::join(words, " "),
                                           setting.signal,
                                           setting.signal_after_ms,
                                           outcome.status,
                                           outcome.out,
                                           outcome.err);
      // A second for whoever has a machine for himself.
      CPPUNIT_ASSERT_MESSAGE(what,
                             took < std::chrono::milliseconds(setting.signal_after_ms + 5000));
      if (outcome.status == 128 + setting.signal) {
        ++early;
        CPPUNIT_ASSERT_MESSAGE(what, outcome.out.find("\nholds") == std::string::npos);
      } else {
        // It was done before: the searches of `large` never are.
        CPPUNIT_ASSERT_MESSAGE(what, i % commands.size() >= 3);
        CPPUNIT_ASSERT_MESSAGE(what, outcome.status == 0 || outcome.status == 1);
      }
      for (const std::string& name : folder.names())
        CPPUNIT_ASSERT_MESSAGE(what + name,
                               name == "large.json" || name == "out.svg" ||
                                   name.starts_with("checkpoint"));
      stalemate::tests::count_figure("signals");
    }
    CPPUNIT_ASSERT_MESSAGE(std::to_string(early), early >= 9);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SignalsTest);

} // namespace
} // namespace stalemate::cli::tests
