#include "checker/tests/second_opinions.hpp"

#include "checker/export/promela.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/amount.hpp"
#include "checker/tests/shrink.hpp"

#include <cppunit/TestAssert.h>

namespace stalemate::tests {

Opinion spin_of_small(const ir::Model& model) {
  SpinOptions options;
  options.compiler = {"tcc"};
  options.arguments = {"-w16"};
  return ask_spin(model, options);
}

Opinion spin_of_large(const ir::Model& model) {
  SpinOptions options;
  options.arguments = {"-w24"};
  return ask_spin(model, options);
}

Opinion rumur_of_small(const ir::Model& model) {
  RumurOptions options;
  options.compiler = {"cc", "-O0"};
  return ask_rumur(model, options);
}

Opinion rumur_of_large(const ir::Model& model) {
  RumurOptions options;
  options.options.back() = "20"; // A trace for each takes its time.
  return ask_rumur(model, options);
}

std::string disagreement(const ir::Model& model, const Ask& ask) {
  const Result result = explore(compile(model));
  const std::string about_claims = disagreement(model, result, ask(model));
  if (!about_claims.empty() || result.verdict == Verdict::holds) return about_claims;
  const ir::Model bare = without_claims(model);
  const std::string about_counts = disagreement(bare, explore(compile(bare)), ask(bare));
  return about_counts.empty() ? "" : "without claims: " + about_counts;
}

std::string explained_disagreement(const ir::Model& model, const Ask& ask) {
  const std::string what = disagreement(model, ask);
  if (what.empty()) return {};
  // A test that runs out of time says nothing at all, so there is an end to shrinking.
  std::uint64_t tries = amount(60, 5000);
  const ir::Model small = shrunk(model, [&](const ir::Model& candidate) {
    if (tries == 0 || !is_small(candidate, 100'000)) return false;
    --tries;
    return !disagreement(candidate, ask).empty();
  });
  return what + "\nSmaller: " + disagreement(small, ask) + "\n" + promela(small);
}

bool is_small(const ir::Model& model, std::uint64_t states_max) {
  Limits limits;
  limits.states_max = states_max;
  Observer nobody;
  return explore(compile(without_claims(model)), limits, nobody).verdict != Verdict::incomplete;
}

void require_program(const std::string& name) {
  CPPUNIT_ASSERT_MESSAGE(name + " is missing; ./dev test installs it", has_program(name));
}

} // namespace stalemate::tests
