#include "checker/result/coverage.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace stalemate {

namespace {

/// A step of a path, over all processes that run it and all places where it stands.
struct PathStep {
  std::string path;
  std::string step;
  std::vector<std::pair<std::string, std::uint64_t>> alternatives; ///< Name, times fired.

  [[nodiscard]] bool was_taken() const {
    return std::ranges::any_of(alternatives, [](const auto& one) { return one.second > 0; });
  }

  /// The `number`-th alternative of this name; several may have the same.
  std::uint64_t& times(const std::string& name, int number) {
    for (auto& [known, fired] : alternatives)
      if (known == name && number-- == 0) return fired;
    return alternatives.emplace_back(name, 0).second;
  }
};

std::vector<PathStep> steps_of(const ir::Model& model, const Coverage& coverage) {
  std::vector<PathStep> steps;
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const ir::Process& process = model.processes[p];
    for (std::size_t s = 0; s < process.steps.size(); ++s) {
      const ir::Step& step = process.steps[s];
      const std::string name = ir::step_name(model, step);
      const auto [place, fresh] = places.emplace(std::pair(process.path, name), steps.size());
      if (fresh) steps.push_back({process.path, name, {}});

      std::map<std::string, int> met;
      for (std::size_t a = 0; a < step.alternatives.size(); ++a) {
        const std::string what = alternative_name(model, process, step.alternatives[a]);
        steps[place->second].times(what, met[what]++) += coverage.fired[p][s][a];
      }
    }
  }
  return steps;
}

} // namespace

std::string alternative_name(const ir::Model& model,
                             const ir::Process& process,
                             const ir::Alternative& alternative) {
  if (!alternative.note.empty()) return alternative.note;
  if (ir::is_constant(alternative.guard, 1)) return "always";
  std::string text = ir::text(model, alternative.guard);
  const std::string owner = process.name + ".";
  for (auto at = text.find(owner); at != std::string::npos; at = text.find(owner, at))
    text.erase(at, owner.size());
  return text;
}

Coverage no_coverage(const ir::Model& model) {
  Coverage coverage;
  for (const ir::Process& process : model.processes) {
    auto& steps = coverage.fired.emplace_back();
    for (const ir::Step& step : process.steps)
      steps.emplace_back(step.alternatives.size(), 0);
  }
  return coverage;
}

std::string NeverTaken::text() const {
  return alternative.empty() ? step : step + " / " + alternative;
}

std::vector<NeverTaken> all_ways(const ir::Model& model) {
  std::vector<NeverTaken> ways;
  for (const PathStep& step : steps_of(model, no_coverage(model))) {
    ways.push_back({step.path, step.step, ""});
    for (const auto& [name, fired] : step.alternatives)
      ways.push_back({step.path, step.step, name});
  }
  return ways;
}

std::vector<NeverTaken> never_taken(const ir::Model& model, const Coverage& coverage) {
  std::vector<NeverTaken> never;
  const auto add = [&](NeverTaken one) {
    if (std::ranges::find(never, one) == never.end()) never.push_back(std::move(one));
  };
  for (const PathStep& step : steps_of(model, coverage)) {
    if (!step.was_taken()) {
      add({step.path, step.step, ""});
      continue;
    }
    for (const auto& [name, fired] : step.alternatives)
      if (fired == 0) add({step.path, step.step, name});
  }
  return never;
}

} // namespace stalemate
