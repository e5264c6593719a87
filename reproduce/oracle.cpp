#include "reproduce/oracle.hpp"

#include "reports/json.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::reproduce {

namespace {

Oracle oracle_in(const std::string& claim, const nlohmann::json& entry) {
  Oracle oracle;
  for (const auto& [key, value] : entry.items())
    if (key == "looks")
      oracle.looks = value.get<std::vector<std::string>>();
    else if (key == "unseen")
      oracle.unseen = value.get<std::string>();
    else if (key == "secret")
      oracle.is_secret = value.get<bool>();
    else
      throw Refusal(fmt::format("{}: unknown key \"{}\"", claim, key));
  if (int{!oracle.looks.empty()} + int{!oracle.unseen.empty()} + int{oracle.is_secret} != 1)
    throw Refusal(claim + ": just one of looks, unseen and secret is needed");
  return oracle;
}

const Oracle& oracle_of(const std::string& claim, const Oracles& oracles) {
  const auto found = oracles.find(claim);
  if (found == oracles.end())
    throw Refusal(fmt::format("nobody knows how a program sees the claim {}: it is not in "
                              "oracles.json",
                              claim));
  return found->second;
}

/// What the model calls data that is somebody else's, or was.
bool is_of_others(const std::string& text) {
  return text.ends_with("garbage") || text.ends_with("another file's");
}

bool copies_short(const report::SavedProcess& process) {
  const auto found = process.options.find("short_copies");
  return found != process.options.end() && found->second > 0;
}

} // namespace

Oracles read_oracles(const std::string& name, std::string_view text) {
  Oracles oracles;
  try {
    const auto file = report::parse_json(text);
    for (const auto& [claim, entry] : file.items())
      if (entry.is_object()) oracles[claim] = oracle_in(claim, entry);
  } catch (const report::JsonError& error) {
    throw Refusal(fmt::format("{}:{}", name, error.what()));
  } catch (const nlohmann::json::exception& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  } catch (const Refusal& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  }
  return oracles;
}

bool is_secret(const report::SavedTrace& trace, const Oracles& oracles) {
  const auto found = oracles.find(trace.property);
  return (found != oracles.end() && found->second.is_secret) ||
         std::ranges::any_of(trace.processes, copies_short) ||
         std::ranges::any_of(trace.broken,
                             [](const auto& cell) { return is_of_others(cell.second); });
}

std::vector<std::string> looks_of(const report::SavedTrace& trace,
                                  const std::vector<std::string>& claims,
                                  const Oracles& oracles) {
  std::vector<std::string> looks;
  const auto add = [&](const Oracle& oracle) {
    for (const std::string& look : oracle.looks)
      if (std::ranges::find(looks, look) == looks.end()) looks.push_back(look);
  };
  if (!trace.reach.empty()) {
    for (const std::string& claim : claims)
      if (const auto found = oracles.find(claim); found != oracles.end()) add(found->second);
    return looks.empty() ? oracle_of("no_lost_write", oracles).looks : looks;
  }
  const Oracle& oracle = oracle_of(trace.property, oracles);
  if (!oracle.unseen.empty()) throw Refusal(fmt::format("{}: {}", trace.property, oracle.unseen));
  add(oracle);
  return looks;
}

} // namespace stalemate::reproduce
