// No scenario that fits the format ends in an error of the model: it is refused, with its place,
// or searched. What breaks in the kernels as they are, with random layouts and processes, is known:
// docs/coverage.md has the table, which `./dev soak` compares, and writes with STALEMATE_APPROVE=1.

#include "checker/tests/amount.hpp"
#include "model/tests/fidelity_table.hpp"
#include "model/tests/random_scenario.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

namespace stalemate::kernel {
namespace {

/// What can be true of a scenario that should not.
using IsBad = std::function<bool(const Ending&)>;

bool is_wrong(const Ending& ending) {
  return ending.kind == Ending::Kind::wrong;
}

IsBad is_a_surprise_in(Version version) {
  return [version](const Ending& ending) {
    return is_wrong(ending) ||
           (ending.kind == Ending::Kind::broken && ending.race(version) == nullptr);
  };
}

/// A smaller scenario that is as bad.
Json shrunk(rc::Shrinkable<Json> scenario, const IsBad& is_bad) {
  for (int tries = 300; tries > 0;) {
    auto smaller = scenario.shrinks();
    auto next = smaller.next();
    while (next && --tries > 0 && !is_bad(ending_of(next->value())))
      next = smaller.next();
    if (!next || tries <= 0) break;
    scenario = *next;
  }
  return scenario.value();
}

std::string described(const Json& scenario) {
  const Ending ending = ending_of(scenario);
  std::string text = ending.text;
  for (const Mechanism& one : ending.broken)
    text += fmt::format("\n{} | {}", one.claim, one.path);
  return text + "\n" + scenario.dump(2) + "\n";
}

/// How the scenarios of a run ended, and those that are bad, as small as they come.
struct Findings {
  FidelityTable table;
  int refused = 0;
  int bad = 0;
  std::string text = ""; ///< Of the first few.
};

/// The scenario, and what is left of it when everything that is refused is taken out.
void look_at(const rc::Shrinkable<Json>& random,
             Version version,
             const IsBad& is_bad,
             Findings& findings) {
  Json scenario = random.value();
  for (int round = 0;; ++round) {
    const Ending ending = ending_of(scenario);
    if (is_bad(ending)) {
      if (++findings.bad <= 5)
        findings.text += described(round == 0 ? shrunk(random, is_bad) : scenario);
      return;
    }
    const bool is_refused = ending.kind == Ending::Kind::refused;
    findings.refused += is_refused ? 1 : 0;
    const auto smaller = is_refused && round < 9 ? without(scenario, ending.pointer) : std::nullopt;
    if (!smaller) return findings.table.count(version, ending);
    scenario = *smaller;
  }
}

void assert_none_is_bad(const Findings& findings) {
  CPPUNIT_ASSERT_MESSAGE(fmt::format("{} scenarios, of which:\n{}", findings.bad, findings.text),
                         findings.bad == 0);
}

/// The document, and what stands in it between the two marks.
class Coverage {
 public:
  Coverage() {
    std::ifstream file(path, std::ios::binary);
    text_.assign(std::istreambuf_iterator<char>(file), {});
    begin_ = text_.find(mark) + mark.size();
    end_ = text_.find("<!-- end -->", begin_);
    CPPUNIT_ASSERT(begin_ <= end_ && end_ < text_.size());
  }

  [[nodiscard]] std::string table() const { return text_.substr(begin_, end_ - begin_); }
  void write(const std::string& table) const {
    std::ofstream(path, std::ios::binary) << text_.substr(0, begin_) << table << text_.substr(end_);
  }

 private:
  inline static const std::string path = STALEMATE_SOURCE_DIR "/docs/coverage.md";
  inline static const std::string mark = "<!-- random scenarios -->\n";

  std::string text_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

class RandomScenariosTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RandomScenariosTest);
  CPPUNIT_TEST(what_breaks_in_the_kernel_as_it_is_is_known);
  CPPUNIT_TEST(what_breaks_in_each_version_is_known);
  CPPUNIT_TEST(no_knobs_lead_to_an_error_of_the_model);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_breaks_in_the_kernel_as_it_is_is_known() {
    Findings findings;
    look_at_all(
        Knobs::of_the_kernel, newest, is_a_surprise_in(newest), tests::amount(30, 2000), findings);
    assert_none_is_bad(findings);
  }

  // In soak 5,000 of each version.
  void what_breaks_in_each_version_is_known() {
    Findings findings;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(newest); ++i)
      look_at_all(Knobs::of_the_kernel,
                  static_cast<Version>(i),
                  is_a_surprise_in(static_cast<Version>(i)),
                  tests::amount(6, 1250),
                  findings);
    assert_none_is_bad(findings);
    if (!tests::is_soak()) return;
    const Coverage coverage;
    if (std::getenv("STALEMATE_APPROVE") != nullptr)
      coverage.write(findings.table.markdown());
    else
      CPPUNIT_ASSERT_EQUAL(coverage.table(), findings.table.markdown());
  }

  void no_knobs_lead_to_an_error_of_the_model() {
    Findings findings;
    look_at_all(Knobs::some, newest, is_wrong, tests::amount(15, 2000), findings);
    assert_none_is_bad(findings);
  }

 private:
  void look_at_all(
      Knobs knobs, Version version, const IsBad& is_bad, std::uint64_t cases, Findings& findings) {
    const auto of_version = [&](Json scenario) {
      if (version != newest) scenario["kernel"]["version"] = name_of(version);
      return scenario;
    };
    for (const Subsystem& subsystem : subsystems()) {
      if (subsystem.section == "lockless") continue; // a layout of one word
      const int searched = findings.table.searched(version);
      const int refused = findings.refused;
      for (std::uint64_t seed = 0; seed < cases; ++seed)
        look_at(rc::shrinkable::map(random_scenario(subsystem, knobs, seed), of_version),
                version,
                is_bad,
                findings);
      // Both ends are reached, often.
      const auto enough = static_cast<int>(cases);
      CPPUNIT_ASSERT_MESSAGE(subsystem.section,
                             findings.bad > 0 ||
                                 findings.table.searched(version) - searched > enough / 2);
      CPPUNIT_ASSERT_MESSAGE(subsystem.section, findings.refused - refused > enough / 20);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RandomScenariosTest);

} // namespace
} // namespace stalemate::kernel
