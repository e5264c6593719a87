#include "cli/check_choice.hpp"

#include "cli/selection.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/read_scenario.hpp"
#include "reports/check_table.hpp"
#include "reports/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace stalemate::cli {

namespace {

constexpr auto choice_group = "Which of them (a run of a part says nothing about the rest)";

struct Shard {
  std::size_t number = 1;
  std::size_t count = 1;
};

Shard shard_of(const std::string& text) {
  if (text.empty()) return {};
  const auto slash = std::min(text.find('/'), text.size());
  const auto number = [&](const std::string& digits) -> std::size_t {
    constexpr std::size_t digits_max = 6;
    const bool is_number = !digits.empty() && digits.size() <= digits_max &&
                           digits.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? std::stoul(digits) : 0;
  };
  const Shard shard{number(text.substr(0, slash)),
                    number(text.substr(std::min(slash + 1, text.size())))};
  if (shard.number < 1 || shard.number > shard.count)
    throw UsageError(
        fmt::format("--shard: {} is not a part such as 1/4 or 4/4", kernel::excerpt(text)));
  return shard;
}

/// Names of what is not ok in a report, or did not come to an end.
std::set<std::string> failed_in(const std::string& path) {
  try {
    return report::failed_in_check(kernel::read_text(path, std::size_t{1} << 28U));
  } catch (const report::JsonError& error) {
    throw kernel::InputError(fmt::format("{}: {}", kernel::printable(path, 300), error.what()));
  }
}

} // namespace

void add_choice_options(CLI::App& command, ChoiceOptions& options) {
  command
      .add_option(
          "--filter",
          options.filters,
          "Only names like this, in which * stands for anything: R1#none*, D*; may be given "
          "again")
      ->type_name("PATTERN")
      ->allow_extra_args(false)
      ->group(choice_group);
  command
      .add_option(
          "--shard", options.shard, "Only the i-th of n parts, which have the same size: 2/5")
      ->type_name("I/N")
      ->group(choice_group);
  command
      .add_option("--failed-only",
                  options.failed,
                  "Only what is not ok, or was not run, in this report of --report json=FILE")
      ->type_name("FILE")
      ->group(choice_group);
}

void check_choice(const ChoiceOptions& options) {
  (void)shard_of(options.shard);
}

std::vector<Candidate> chosen(std::vector<Candidate> candidates, const ChoiceOptions& options) {
  const Shard shard = shard_of(options.shard);
  const std::set<std::string> failed =
      options.failed.empty() ? std::set<std::string>{} : failed_in(options.failed);
  const auto is_meant = [&](const Candidate& candidate) {
    const std::string name = candidate.name();
    if (!options.failed.empty() && !failed.contains(name)) return false;
    const auto is_like = [&](const std::string& pattern) {
      const bool is_id = pattern.find('#') == std::string::npos;
      return is_like_pattern(pattern, is_id ? candidate.scenario.id : name);
    };
    return options.filters.empty() || std::ranges::any_of(options.filters, is_like);
  };
  std::vector<Candidate> meant;
  for (Candidate& one : candidates)
    if (is_meant(one)) meant.push_back(std::move(one));
  if (meant.empty() && !candidates.empty() && !options.filters.empty())
    throw UsageError("--filter: no scenario has such a name");
  std::vector<Candidate> result;
  for (std::size_t i = 0; i < meant.size(); ++i)
    if (i % shard.count == shard.number - 1) result.push_back(std::move(meant[i]));
  return result;
}

} // namespace stalemate::cli
