#include "model/scenario/cast.hpp"

#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace stalemate::kernel {

namespace {

Options options_of(const PathEntry& path, const std::map<std::string, int>& given) {
  Options options;
  for (const PathOption& option : path.options) {
    const auto found = given.find(option.name);
    options[option.name] = found == given.end() ? option.initial : found->second;
  }
  return options;
}

// What the process runs: a path of the model, perhaps called otherwise by the scenario, or one that
// is all the scenario's.
PathEntry entry_of(const Scenario& scenario,
                   const ProcessSpec& process,
                   std::size_t number,
                   const std::vector<PathEntry>& paths) {
  PathEntry entry;
  if (process.own.empty() || !process.path.empty()) {
    const auto path = std::ranges::find(paths, process.path, &PathEntry::name);
    if (path == paths.end() || path->automatic)
      throw ScenarioError(fmt::format("/processes/{}/path", number),
                          "is no path that a scenario runs");
    entry = *path;
  }
  if (process.own.empty()) return entry;
  const own::Path& own = *std::ranges::find(scenario.own.paths, process.own, &own::Path::name);
  if (!own.process.empty())
    entry.process = own.process;
  else if (own.like.empty())
    entry.process = own.name;
  entry.is_daemon = entry.is_daemon || own.is_daemon;
  return entry;
}

} // namespace

std::vector<Cast> cast_of(const Scenario& scenario, const std::vector<PathEntry>& paths) {
  std::vector<Cast> cast;
  std::map<std::string, int> counts;
  std::set<std::string> names;
  for (std::size_t i = 0; i < scenario.processes.size(); ++i) {
    const ProcessSpec& process = scenario.processes[i];
    const PathEntry path = entry_of(scenario, process, i, paths);
    const int rank = counts[path.process]++;
    auto name = process.name;
    if (name.empty())
      name = path.is_daemon && rank == 0 ? path.process : fmt::format("{}{}", path.process, rank);
    if (is_word_of_expressions(name))
      throw ScenarioError(fmt::format("/processes/{}/name", i),
                          fmt::format("{} is a word of expressions", excerpt(name)));
    if (!names.insert(name).second)
      throw ScenarioError(fmt::format("/processes/{}", i), "another process is called " + name);
    cast.push_back({name,
                    path.name,
                    options_of(path, process.options),
                    process.fairness,
                    path.like,
                    process.own});
  }
  return cast;
}

void refuse_option(const Scenario& scenario,
                   std::size_t process,
                   const std::string& option,
                   const std::string& what) {
  const bool is_given = scenario.processes[process].options.contains(option);
  throw ScenarioError(
      fmt::format("/processes/{}{}{}", process, is_given ? "/" : "", is_given ? option : ""), what);
}

std::vector<std::string> names_of(const std::vector<Cast>& cast) {
  std::vector<std::string> names;
  names.reserve(cast.size());
  for (const Cast& process : cast) {
    const auto other = std::ranges::find(names, process.name);
    if (other != names.end())
      throw ScenarioError(fmt::format("/processes/{}/name", other - names.begin()),
                          fmt::format("a process that comes by itself is called {}, for {}",
                                      excerpt(process.name),
                                      process.path));
    names.push_back(process.name);
  }
  return names;
}

std::string title_of(const Scenario& scenario) {
  return scenario.variant.empty() ? scenario.id : scenario.id + "#" + scenario.variant;
}

} // namespace stalemate::kernel
