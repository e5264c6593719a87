#include "cli/reach.hpp"

#include "checker/audit/opinion.hpp"
#include "checker/inquiry/rest.hpp"
#include "checker/language/parse.hpp"
#include "cli/usage.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::cli {

namespace {

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

// The place, what is wrong there and, if it fits a line, a mark below it.
kernel::InputError at_place(const std::string& place,
                            const std::string& expression,
                            std::size_t offset,
                            const std::string& what) {
  constexpr std::size_t line_max = 100;
  const std::size_t before = characters_in(std::string_view(expression).substr(0, offset));
  const std::string shown = kernel::printable(expression, line_max);
  std::string text = fmt::format("{}:1:{}: {}", place, before + 1, what);
  if (shown == expression) text += fmt::format("\n  {}\n  {:>{}}", shown, '^', before + 1);
  return kernel::InputError(text);
}

constexpr auto the_end = "end";

} // namespace

ir::ExpressionPtr
goal_of(const ir::Model& model, const std::string& expression, const std::string& place) {
  if (expression == the_end) return everyone_rests(model);
  try {
    return language::parse_condition({model, ir::none, true}, expression);
  } catch (const language::UnknownWord& error) {
    throw at_place(place,
                   expression,
                   error.offset(),
                   kernel::unknown(error.noun(), error.word(), error.known(), 5));
  } catch (const language::SyntaxError& error) {
    throw at_place(place, expression, error.offset(), kernel::printable(error.what(), 300));
  }
}

void add_reach_option(CLI::App& command, ScenarioOptions& options) {
  command
      .add_option(
          "--reach",
          options.reach,
          "Instead of its claims: the shortest run to a state in which this is true, or "
          "that there is none; names as `stalemate list state` prints them; `end`: to where "
          "everyone has ended or rests")
      ->type_name("EXPR")
      ->check([](const std::string& text) {
        return text.empty() ? std::string("no expression") : std::string();
      });
}

Candidate asked(Candidate candidate, const ScenarioOptions& options) {
  if (options.reach.empty()) return candidate;
  if (!options.claims.empty()) throw UsageError("--reach asks for a state, and --claim for claims");
  if (kernel::lockless::is_for_relacy(candidate.scenario))
    throw UsageError(
        fmt::format("--reach: {} is executed by Relacy, which keeps no states", candidate.name()));
  ir::Property property;
  property.name = options.reach;
  property.claim = options.reach == the_end ? "some run comes to where everyone has ended or rests"
                                            : "some run comes to " + options.reach;
  property.kind = ir::PropertyKind::reachable;
  property.goal = goal_of(candidate.model, options.reach, "--reach");
  candidate.model = without_claims(std::move(candidate.model));
  candidate.model.properties = {std::move(property)};
  candidate.reach = options.reach;
  candidate.scenario.expect = {};
  return candidate;
}

} // namespace stalemate::cli
