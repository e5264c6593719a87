#include "cli/families.hpp"

#include "cli/listings.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace stalemate::cli {

namespace {

using kernel::Expectation;
using report::Ending;

Ending ending_of(const Expectation& expect) {
  if (!expect.stated) return Ending::asks;
  using enum Expectation::Outcome;
  switch (expect.outcome) {
  case holds:
    return Ending::holds;
  case latent:
    return Ending::warns;
  case violated:
  case unreachable:
    return Ending::breaks;
  case deadlock:
  case livelock:
  case starvation:
  case stuck:
    break;
  }
  return Ending::hangs;
}

/// The first paragraph of the folder's README.md, on one line.
std::string introduction(const std::filesystem::path& folder) {
  std::ifstream file(folder / "README.md");
  std::string text;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#') || (line.empty() && text.empty())) continue;
    if (line.empty()) break;
    text += (text.empty() ? "" : " ") + line;
  }
  return text;
}

} // namespace

report::Families families(const std::vector<std::string>& where) {
  report::Families families;
  for (const kernel::ScenarioFile& file : scenarios_in(where)) {
    const auto folder = std::filesystem::path(file.name()).parent_path();
    const std::string name = folder.filename().string();
    auto family = std::ranges::find(families, name, &report::Family::name);
    if (family == families.end())
      family = families.insert(family, {name, introduction(folder), 0, {}});
    ++family->races;
    for (const kernel::Scenario& scenario : file.scenarios())
      ++(*family)[ending_of(scenario.expect)];
  }
  return families;
}

} // namespace stalemate::cli
