// docs/findings.json is docs/findings.md for programs: of each finding the mechanisms of the
// scenarios that it names and that break, in their own version or in the one that follows the name:
// `R12#size-trimmed` with `--set version=v6.6`. STALEMATE_APPROVE=1 writes it.
#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "cli/tests/program.hpp"
#include "model/scenario/overrides.hpp"
#include "reports/json.hpp"
#include "reports/mechanism.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli::tests {
namespace {

const std::string document = STALEMATE_SOURCE_DIR "/docs/findings.md";
const std::string list = STALEMATE_SOURCE_DIR "/docs/findings.json";

struct Named {
  struct Use {
    std::string scenario;
    std::string set; ///< version=v6.6; empty: as it is.

    bool operator==(const Use&) const = default;
  };

  std::string title;
  std::vector<Use> scenarios; ///< In the order of the text, each once.
};

std::vector<Named> findings_of(const std::string& text) {
  static const std::regex scenario(
      "`([A-Z0-9]+#[A-Za-z0-9_.-]+)`(?: with `--set (version=v[0-9.]+)`)?");
  std::vector<Named> all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) all.push_back({line.substr(3), {}});
    if (all.empty()) continue;
    auto& names = all.back().scenarios;
    for (std::sregex_iterator at(line.begin(), line.end(), scenario), end; at != end; ++at) {
      Named::Use use{(*at)[1], (*at)[2]};
      if (std::ranges::find(names, use) == names.end()) names.push_back(std::move(use));
    }
  }
  return all;
}

/// Of those that break.
report::Json races_of(const std::vector<Named::Use>& scenarios) {
  report::Json races = report::Json::array();
  for (const auto& [name, set] : scenarios) {
    kernel::Overrides overrides;
    if (!set.empty()) overrides.push_back(kernel::knob_override(set));
    const Candidate candidate = load_one(name, overrides);
    const Finding finding = find(candidate, Limits());
    if (!finding.trace) continue;
    const auto mechanism =
        report::mechanism(model_of(candidate, finding.shown().verdict), *finding.trace);
    races.push_back({{"scenario", set.empty() ? name : name + " --set " + set},
                     {"claim", mechanism.claim},
                     {"where", mechanism.where},
                     {"why", mechanism.why}});
  }
  return races;
}

class FindingsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FindingsTest);
  CPPUNIT_TEST(the_list_says_what_the_document_says);
  CPPUNIT_TEST_SUITE_END();

 public:
  void the_list_says_what_the_document_says() {
    setenv("STALEMATE_SCENARIOS", STALEMATE_SOURCE_DIR "/scenarios", 1);
    report::Json findings = report::Json::array();
    for (const Named& finding : findings_of(read(document))) {
      report::Json races = races_of(finding.scenarios);
      if (races.empty()) continue; // Its scenarios are named in words only.
      findings.push_back({{"name", "finding " + finding.title}, {"races", std::move(races)}});
    }
    CPPUNIT_ASSERT(!findings.empty());
    std::ostringstream text;
    report::write_json({{"findings", std::move(findings)}}, text);
    if (std::getenv("STALEMATE_APPROVE") != nullptr)
      std::ofstream(list, std::ios::binary) << text.str();
    else
      CPPUNIT_ASSERT_EQUAL(text.str(), read(list));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FindingsTest);

} // namespace
} // namespace stalemate::cli::tests
