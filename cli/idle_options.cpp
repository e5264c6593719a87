#include "cli/idle_options.hpp"

#include "model/lockless/lockless.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace stalemate::cli {

namespace {

/// Of those that are set, what only a search heeds.
std::vector<std::string> options_of_a_search(const SearchOptions& options) {
  const SearchOptions absent;
  std::vector<std::string> names;
  const auto add = [&](bool is_set, const char* name) {
    if (is_set) names.emplace_back(name);
  };
  add(options.states_max != absent.states_max, "--states-max");
  add(options.memory_max != absent.memory_max, "--memory-max");
  add(options.threads != absent.threads, "--threads");
  add(options.compile != absent.compile, "--compile");
  add(options.reduce != absent.reduce, "--reduce");
  add(options.store != absent.store, "--store");
  return names;
}

} // namespace

void say_idle_options(const std::vector<Candidate>& candidates,
                      const SearchOptions& options,
                      const std::string& engine) {
  const bool has_protocol = std::ranges::any_of(candidates, [](const Candidate& candidate) {
    return kernel::lockless::is_for_relacy(candidate.scenario);
  });
  const bool is_relacy = engine == "relacy";
  if (!is_relacy && !has_protocol) return;
  std::vector<std::string> idle = options_of_a_search(options);
  const bool has_model = std::ranges::any_of(candidates, [](const Candidate& candidate) {
    return !kernel::lockless::is_for_relacy(candidate.scenario);
  });
  if (options.audit != 0 && !(is_relacy && has_model)) idle.emplace_back("--audit");
  if (idle.empty()) return;
  std::cerr << fmt::format("stalemate: no effect {}: {}\n",
                           is_relacy ? "with --engine relacy"
                                     : "on protocols, which Relacy executes",
                           fmt::join(idle, ", "));
}

} // namespace stalemate::cli
