// `run --checkpoint` and `resume`: what ends early goes on, and says what it would have said.

#include "cli/saved_command.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

using Words = std::vector<std::string>;

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class ResumeTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ResumeTest);
  CPPUNIT_TEST(says_what_an_uninterrupted_run_says);
  CPPUNIT_TEST(a_signal_leaves_a_checkpoint);
  CPPUNIT_TEST(goes_on_in_the_last_of_several_searches);
  CPPUNIT_TEST(goes_on_wherever_it_is_asked);
  CPPUNIT_TEST(refuses_a_scenario_that_has_changed);
  CPPUNIT_TEST(refuses_what_is_no_checkpoint);
  CPPUNIT_TEST(runs_no_code_unasked);
  CPPUNIT_TEST(does_not_begin_over_another_search);
  CPPUNIT_TEST_SUITE_END();

 public:
  // Of several variants those that are done are searched from their last checkpoint.
  void says_what_an_uninterrupted_run_says() {
    for (const Words& options :
         {Words{}, Words{"--reduce", "all"}, Words{"--store", "tree"}, Words{"--threads", "2"}}) {
      const Folder folder;
      const Words asked = with({"run", scenario_}, options);
      const Outcome whole = run(asked);
      CPPUNIT_ASSERT_EQUAL_MESSAGE(whole.err, 0, whole.status);
      const Outcome cut = run(with(
          asked,
          {"--checkpoint", folder / "cp", "--checkpoint-every", "1ms", "--states-max", "6000"}));
      CPPUNIT_ASSERT_EQUAL_MESSAGE(cut.out + cut.err, 3, cut.status);
      CPPUNIT_ASSERT_MESSAGE(cut.err, has(cut.err, "resume " + folder / "cp"));
      const Outcome resumed = run({"resume", folder / "cp", "--states-max", "1000000"});
      CPPUNIT_ASSERT_EQUAL_MESSAGE(resumed.err, 0, resumed.status);
      CPPUNIT_ASSERT_EQUAL(whole.out, resumed.out);
    }
  }

  void a_signal_leaves_a_checkpoint() {
    const Folder folder;
    const std::string file = folder.add("large.json", large_scenario);
    Setting setting;
    setting.signal = 15;
    setting.signal_after_ms = 1000;
    const Outcome ended =
        run({"run", file, "--reduce", "none", "--checkpoint", folder / "cp"}, setting);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(ended.err, 143, ended.status);
    CPPUNIT_ASSERT(std::filesystem::exists(folder / "cp/1/head"));
    // It is behind this number already, so there is nothing to be found.
    const Outcome resumed = run({"resume", folder / "cp", "--states-max", "2"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(resumed.err, 3, resumed.status);
    CPPUNIT_ASSERT_MESSAGE(resumed.out, has(resumed.out, "the limit of 2 states is reached"));
    CPPUNIT_ASSERT_MESSAGE(resumed.out, !has(resumed.out, ": 2 states"));
  }

  // A plain search, a look at what pays, and the search that is left: only that has a checkpoint.
  void goes_on_in_the_last_of_several_searches() {
    const Folder folder;
    const std::string file = folder.add("large.json", large_scenario);
    const auto asked = [&](const std::string& states, const Words& more) {
      return run(with({"run", file, "--compile", "never", "--states-max", states}, more));
    };
    const Outcome cut = asked("1200000", {"--checkpoint", folder / "cp"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(cut.err, 3, cut.status);
    std::filesystem::remove_all(folder / "cp");
    const Words often{"--checkpoint", folder / "cp", "--checkpoint-every", "300ms"};
    CPPUNIT_ASSERT_EQUAL(cut.out, asked("1200000", often).out);
    CPPUNIT_ASSERT(std::filesystem::exists(folder / "cp/3/head"));
    std::filesystem::remove_all(folder / "cp/1");
    const Outcome again = asked("1200000", often);
    CPPUNIT_ASSERT_MESSAGE(again.err, has(again.err, "has the checkpoints of a search"));
    const Outcome resumed = run({"resume", folder / "cp", "--states-max", "1300000"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(resumed.err, 3, resumed.status);
    CPPUNIT_ASSERT_EQUAL(asked("1300000", {}).out, resumed.out);
  }

  // Also from elsewhere, and with the checkpoints moved.
  void goes_on_wherever_it_is_asked() {
    const Folder folder;
    write_some(folder, scenario_);
    std::filesystem::rename(folder / "cp", folder / "moved");
    Setting setting;
    setting.folder = folder.path();
    const Outcome resumed = run({"resume", "moved", "--states-max", "1000000"}, setting);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(resumed.err, 0, resumed.status);
    CPPUNIT_ASSERT_EQUAL(run({"run", scenario_}).out, resumed.out);
  }

  void refuses_a_scenario_that_has_changed() {
    const Folder folder;
    const std::string file = folder.add("large.json", large_scenario);
    write_some(folder, file);
    (void)folder.add("large.json", replaced(large_scenario, "\"segments\": 8", "\"segments\": 7"));
    const Outcome resumed = run({"resume", folder / "cp"});
    CPPUNIT_ASSERT_EQUAL(2, resumed.status);
    CPPUNIT_ASSERT_EQUAL(std::string(), resumed.out);
    CPPUNIT_ASSERT_MESSAGE(resumed.err, has(resumed.err, "of another model; the scenario"));
  }

  void refuses_what_is_no_checkpoint() {
    const Folder folder;
    refused({"resume", folder / "cp"}, "no checkpoints: there is no command.json");
    write_some(folder, scenario_);
    const std::string text = read(folder / "cp/command.json");
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::string damaged = text;
      damaged[at] = static_cast<char>(damaged[at] ^ 1);
      std::ofstream(folder / "cp/command.json") << damaged;
      if (at % 16 == 0) refused({"resume", folder / "cp"}, "command.json: damaged");
    }
    std::ofstream(folder / "cp/command.json") << text;
    std::ofstream(folder / "cp/1/part-1", std::ios::app) << 'x';
    refused({"resume", folder / "cp"}, "part-1: damaged");
  }

  void runs_no_code_unasked() {
    const Folder folder;
    write_some(folder, scenario_);
    cli::save_command({"run", scenario_, "--with", "evil.cpp"}, folder / "cp");
    refused({"resume", folder / "cp"}, "say --allow-with");
    refused({"resume", folder / "cp", "--allow-with"}, "evil.cpp");
    cli::save_command({"trace", scenario_, "-o", "out.svg"}, folder / "cp");
    refused({"resume", folder / "cp"}, "only `run` leaves checkpoints");
  }

  void does_not_begin_over_another_search() {
    const Folder folder;
    write_some(folder, scenario_);
    refused({"run", scenario_, "--checkpoint", folder / "cp"},
            "has the checkpoints of a search; `resume` goes on with it");
    refused({"run", "-", "--checkpoint", folder / "other"},
            "what comes from standard input cannot be read again");
  }

 private:
  static void write_some(const Folder& folder, const std::string& file) {
    const Outcome cut = run({"run",
                             file,
                             "--checkpoint",
                             folder / "cp",
                             "--checkpoint-every",
                             "1ms",
                             "--states-max",
                             "30000"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(cut.err, 3, cut.status);
    CPPUNIT_ASSERT(std::filesystem::exists(folder / "cp/1/head"));
  }

  static void refused(const Words& words, const std::string& why) {
    const Outcome outcome = run(words);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 2, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.err, has(outcome.err, why));
  }

  /// Two variants, the larger of which has some ten thousand states.
  const std::string scenario_ = "R15#shared-two-blocks,shared";
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResumeTest);

} // namespace
} // namespace stalemate::cli::tests
