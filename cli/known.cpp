#include "cli/known.hpp"

#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "cli/selection.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/read_scenario.hpp"
#include "reports/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace stalemate::cli {

namespace {

constexpr std::size_t list_bytes_max = std::size_t{4} << 20U;

report::Mechanism mechanism_of(const nlohmann::json& one) {
  return {one.at("claim").get<std::string>(),
          one.at("where").get<std::string>(),
          one.at("why").get<std::vector<std::string>>()};
}

} // namespace

void KnownRaces::add(const std::string& path) {
  if (!add_list(path)) add_scenarios(path);
}

/// True if it is one.
bool KnownRaces::add_list(const std::string& path) {
  std::error_code ignored;
  if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) return false;
  const auto refuse = [&](const std::string& what) {
    throw kernel::InputError(fmt::format("{}:{}", kernel::printable(path, 300), what));
  };
  try {
    const nlohmann::json root = report::parse_json(kernel::read_text(path, list_bytes_max));
    if (!root.is_object() || !root.contains("findings")) return false;
    for (const auto& finding : root["findings"]) {
      const auto name = finding.at("name").get<std::string>();
      for (const auto& race : finding.at("races"))
        all_.emplace_back(mechanism_of(race), name);
    }
  } catch (const report::JsonError& error) {
    refuse(error.what());
  } catch (const nlohmann::json::exception&) {
    refuse("1:1: no list of findings: each has a name and races, a race claim, where and why");
  }
  return true;
}

void KnownRaces::add_scenarios(const std::string& path) {
  for (const Candidate& candidate : load_all({path})) {
    if (kernel::lockless::is_for_relacy(candidate.scenario)) continue;
    const auto outcome = candidate.scenario.expect.outcome;
    if (candidate.scenario.expect.stated && outcome == kernel::Expectation::Outcome::holds)
      continue;
    const Finding finding = find(candidate, Limits());
    if (!finding.trace) continue;
    all_.emplace_back(
        report::mechanism(model_of(candidate, finding.shown().verdict), *finding.trace),
        candidate.name());
  }
}

std::vector<std::string> KnownRaces::names(const report::Mechanism& mechanism) const {
  std::vector<std::string> names;
  for (const auto& [known, name] : all_)
    if (known == mechanism && std::ranges::find(names, name) == names.end()) names.push_back(name);
  return names;
}

} // namespace stalemate::cli
