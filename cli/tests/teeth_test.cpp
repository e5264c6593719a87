// What is changed about a kernel is noticed, or said to be not.
#include "checker/ir/identity.hpp"
#include "checker/ir/validate.hpp"
#include "checker/tests/amount.hpp"
#include "cli/all_claims.hpp"
#include "cli/mutated.hpp"
#include "cli/tests/program.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using kernel::own::Edit;
using nlohmann::json;

/// Builds it, or does not where it makes no sense.
std::optional<ir::Model> model_of(kernel::Scenario scenario) {
  try {
    return build_with_claims(scenario);
  } catch (const kernel::ScenarioError&) {
    return std::nullopt;
  } catch (const kernel::InputError&) {
    return std::nullopt;
  } catch (const ir::InvalidModel&) {
    return std::nullopt;
  }
}

/// An edit of a variant that breaks, without which nothing breaks.
struct Known {
  std::string name; ///< "R12#after-unlock: move"
  Edit::Kind kind;
  bool is_made = false;   ///< One of the mutants of what is left is that variant.
  bool is_caught = false; ///< And a claim notices.
};

/// The teeth of a variant without one of its edits are not told which one it was.
void look_again(Known& known, const Candidate& broken, const Held& held, const Limits& limits) {
  kernel::Scenario wanted = broken.scenario;
  wanted.expect = {};
  wanted.properties = held.candidate.scenario.properties;
  const auto breaks = model_of(wanted);
  if (!breaks) return;
  const std::uint64_t identity = ir::identity(*breaks);
  for (const kernel::inquiry::Mutant& mutant : kernel::inquiry::mutants(held.candidate.model)) {
    kernel::Scenario scenario = held.candidate.scenario;
    for (const Edit& edit : mutant.edits)
      scenario.own.patch.push_back(edit);
    const auto model = model_of(std::move(scenario));
    if (!model || ir::identity(*model) != identity) continue;
    known.is_made = true;
    known.is_caught = answer_in(held, mutant, limits, false).consequence == Consequence::caught;
    return;
  }
}

std::vector<Known> known_mutations(const std::vector<std::string>& paths) {
  Limits limits;
  limits.states_max = stalemate::tests::amount(100'000, 2'000'000);
  std::vector<Known> all;
  for (const Candidate& broken : load_all(paths)) {
    if (broken.scenario.expect.outcome == kernel::Expectation::Outcome::holds) continue;
    const auto& patch = broken.scenario.own.patch;
    for (std::size_t i = 0; i < patch.size(); ++i) {
      Candidate before = broken;
      before.scenario.expect = {};
      before.scenario.own.patch.erase(before.scenario.own.patch.begin() +
                                      static_cast<std::ptrdiff_t>(i));
      auto model = model_of(before.scenario);
      if (!model) continue;
      before.model = std::move(*model);
      std::string left_out;
      const auto one = held(before, limits, left_out);
      if (!one) continue;
      static constexpr std::array words{"drop",
                                        "move",
                                        "always",
                                        "never",
                                        "unlock",
                                        "hold",
                                        "split",
                                        "merge",
                                        "insert",
                                        "change"};
      Known known{fmt::format("{}: {} {}",
                              broken.name(),
                              words.at(static_cast<std::size_t>(patch[i].kind)),
                              patch[i].what.text),
                  patch[i].kind};
      look_again(known, broken, *one, limits);
      all.push_back(std::move(known));
    }
  }
  return all;
}

class TeethTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TeethTest);
  CPPUNIT_TEST(the_report_of_a_scenario);
  CPPUNIT_TEST(the_check_of_R1_is_found_again);
  CPPUNIT_TEST(known_mutations_are_found_again);
  CPPUNIT_TEST(all_known_mutations_are_found_again);
  CPPUNIT_TEST(what_another_scenario_notices_is_noticed);
  CPPUNIT_TEST(what_others_can_tell_is_owed);
  CPPUNIT_TEST(counts_are_pinned);
  CPPUNIT_TEST(a_lost_tooth_fails);
  CPPUNIT_TEST(a_report_is_written_again);
  CPPUNIT_TEST(jobs_change_nothing);
  CPPUNIT_TEST(what_breaks_has_no_teeth);
  CPPUNIT_TEST(a_limit_is_told);
  CPPUNIT_TEST(two_runs_print_the_same);
  CPPUNIT_TEST(mistakes_are_refused);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

  static json teeth_of(const std::string& scenario, const std::string& path) {
    const Outcome outcome = run({"teeth", scenario, "--path", path, "--format", "json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    return json::parse(outcome.out);
  }

  static json tooth(const json& teeth, const std::string& step, const std::string& edit) {
    for (const json& one : teeth["mutants"])
      if (one["step"] == step && one["edit"] == edit) return one;
    CPPUNIT_FAIL("no mutant " + step + ": " + edit);
    return {};
  }

 public:
  void the_report_of_a_scenario() {
    const Outcome outcome = run({"teeth", "R1#valid", "--path", "buffered_write"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
    assert_golden("teeth_r1.txt", outcome.out);
    const Outcome markdown =
        run({"teeth", "R1#valid", "--path", "reclaim", "--format", "markdown"});
    assert_golden("teeth_r1.md", markdown.out);
  }

  /// Nobody tells which edit it was.
  void known_mutations_are_found_again() {
    const std::vector<std::string> names{
        "E1#no-wait", "R21#gives-back-unlocked", "D8#clone-does-not-wait", "R12#after-unlock"};
    const std::vector<Known> found = known_mutations(names);
    for (const std::string& name : names)
      CPPUNIT_ASSERT_MESSAGE(name, std::ranges::any_of(found, [&](const Known& one) {
                               return one.name.starts_with(name + ":");
                             }));
    for (const Known& one : found) {
      CPPUNIT_ASSERT_MESSAGE(one.name, one.is_made);
      CPPUNIT_ASSERT_MESSAGE(one.name, one.is_caught);
    }
  }

  /// A way or a step that the library knows not to do without. What else edits of it do is to say
  /// something new (insert, change), which no list of mutations can; or they move a step farther
  /// than behind the next one (D8#copy-before-its-data), or part it at a value that nobody reads.
  void all_known_mutations_are_found_again() {
    if (!stalemate::tests::is_soak()) return;
    const std::vector<Known> found = known_mutations({"scenarios"});
    const auto is_made = [](const Known& one) { return one.is_made; };
    std::cout << fmt::format("{} edits without which nothing breaks, {} of them made by teeth\n",
                             found.size(),
                             std::ranges::count_if(found, is_made));
    CPPUNIT_ASSERT(!found.empty());
    for (const Known& one : found) {
      if (!one.is_made) std::cout << "not made: " << one.name << '\n';
      CPPUNIT_ASSERT_MESSAGE(one.name, one.is_made == one.is_caught);
      const bool is_new = one.kind == Edit::Kind::insert || one.kind == Edit::Kind::change ||
                          one.kind == Edit::Kind::hold || one.kind == Edit::Kind::merge ||
                          one.kind == Edit::Kind::move || one.kind == Edit::Kind::split;
      CPPUNIT_ASSERT_MESSAGE(one.name, one.is_made || is_new);
    }
  }

  /// R1 itself is the check passed by.
  void the_check_of_R1_is_found_again() {
    const json found = tooth(teeth_of("R1#valid", "buffered_write"),
                             "iomap_write_begin: is the cached iomap still valid?",
                             "passed by");
    CPPUNIT_ASSERT_EQUAL(std::string("caught"), found["outcome"].get<std::string>());
    CPPUNIT_ASSERT_EQUAL(std::string("no_lost_write"), found["claim"].get<std::string>());
    CPPUNIT_ASSERT_EQUAL(16, found["steps"].get<int>());
    // R1#late-cookie parts the step elsewhere, at a value that nobody reads there.
    const json late = tooth(teeth_of("R1#valid", "buffered_write"),
                            "xfs_buffered_write_iomap_begin: look up the extent, sample the cookie",
                            "parted behind iomap.type");
    CPPUNIT_ASSERT_EQUAL(std::string("caught"), late["outcome"].get<std::string>());
  }

  void what_another_scenario_notices_is_noticed() {
    const auto caught = [](const json& teeth) { return teeth["summary"]["caught"].get<int>(); };
    const int alone = caught(teeth_of("R1#valid", "writeback"));
    CPPUNIT_ASSERT(caught(teeth_of("R1", "writeback")) > alone);
  }

  /// Who owes something says who could have told, and where; who is covered, by what.
  void what_others_can_tell_is_owed() {
    std::size_t explained = 0;
    const json teeth = teeth_of("R1", "buffered_write");
    for (const json& one : teeth["mutants"]) {
      const std::string outcome = one["outcome"];
      CPPUNIT_ASSERT_MESSAGE(one.dump(), (outcome == "covered") == one.contains("cover"));
      if (outcome != "owed") continue;
      ++explained;
      CPPUNIT_ASSERT_MESSAGE(one.dump(), one.contains("reason") && one.contains("scenario"));
    }
    CPPUNIT_ASSERT(explained > 0);
  }

  /// A small part of all of them; the rest is compared with docs/teeth by ./dev soak.
  void counts_are_pinned() {
    const Outcome outcome =
        run({"teeth", "R1", "--expect", STALEMATE_SOURCE_DIR "/cli/tests/golden/teeth_r1.json"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 0, outcome.status);
  }

  void a_report_is_written_again() {
    const Outcome report = run({"teeth", "R1#valid", "--path", "reclaim", "--format", "json"});
    const std::string file = folder_.add("report.json", report.out);
    CPPUNIT_ASSERT_EQUAL(report.out, run({"teeth", "--from", file, "--format", "json"}).out);
    for (const char* format : {"text", "markdown", "html"})
      CPPUNIT_ASSERT_EQUAL(run({"teeth", "R1#valid", "--path", "reclaim", "--format", format}).out,
                           run({"teeth", "--from", file, "--format", format}).out);
  }

  void jobs_change_nothing() {
    const auto with = [](const char* jobs) {
      return run({"teeth", "R1#valid", "--path", "reclaim", "--format", "json", "--jobs", jobs})
          .out;
    };
    CPPUNIT_ASSERT_EQUAL(with("1"), with("3"));
  }

  void a_lost_tooth_fails() {
    const Outcome before = run({"teeth", "R1#valid", "--path", "reclaim", "--format", "json"});
    const std::string file = folder_.add("teeth.json", before.out);
    const auto compared = [](const std::string& expected) {
      return run({"teeth", "R1#valid", "--path", "reclaim", "--expect", expected});
    };
    CPPUNIT_ASSERT_EQUAL(0, compared(file).status);

    json changed = json::parse(before.out);
    for (json& one : changed["mutants"])
      one["outcome"] = "caught";
    const Outcome lost = compared(folder_.add("changed.json", changed.dump()));
    CPPUNIT_ASSERT_EQUAL(1, lost.status);
    CPPUNIT_ASSERT_MESSAGE(lost.err, lost.err.find("was caught, now ") != std::string::npos);

    changed = json::parse(before.out);
    changed["mutants"].erase(0);
    CPPUNIT_ASSERT(compared(folder_.add("fewer.json", changed.dump())).err.find(": new: ") !=
                   std::string::npos);
    CPPUNIT_ASSERT_EQUAL(2, compared(folder_.add("wrong.json", "{}")).status);
    CPPUNIT_ASSERT_EQUAL(2, compared(folder_ / "nowhere.json").status);
  }

  void what_breaks_has_no_teeth() {
    const Outcome outcome = run({"teeth", "R1#none"});
    CPPUNIT_ASSERT_EQUAL(0, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out,
                           outcome.out.starts_with("0 mutants in 0 scenarios: 0 caught"));
  }

  void a_limit_is_told() {
    const Outcome outcome = run({"teeth", "R1#valid", "--states-max", "50"});
    CPPUNIT_ASSERT_EQUAL_MESSAGE(outcome.err, 3, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.out,
                           outcome.out.find("left out: R1#valid: ") != std::string::npos);
  }

  void two_runs_print_the_same() {
    const auto twice = [] { return run({"teeth", "R1#valid", "--path", "reclaim", "--all"}).out; };
    CPPUNIT_ASSERT_EQUAL(twice(), twice());
  }

  void mistakes_are_refused() {
    const Outcome outcome = run({"teeth", "R1#valid", "--path", "reclam"});
    CPPUNIT_ASSERT_EQUAL(2, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(outcome.err, outcome.err.find("known: reclaim") != std::string::npos);
    CPPUNIT_ASSERT_EQUAL(2, run({"teeth", "R1#valid", "--format", "pdf"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"teeth", "R1#valid", "--from", "teeth.json"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"teeth", "--from", folder_ / "nowhere.json"}).status);
    CPPUNIT_ASSERT_EQUAL(2, run({"teeth"}).status);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TeethTest);

} // namespace
} // namespace stalemate::cli::tests
