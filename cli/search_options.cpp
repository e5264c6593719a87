#include "cli/search_options.hpp"

#include "checker/search/free_memory.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"
#include "model/lockless/lockless.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

namespace stalemate::cli {

namespace {

constexpr int threads_max = 64;

// The rest is for what is not states, and for others.
std::uint64_t most_of_the_memory() {
  const auto available = memory_available();
  return available ? *available / 8 * 7 : Limits::unlimited;
}

} // namespace

void add_limits(CLI::App& command, SearchOptions& options) {
  command.add_option("--states-max", options.states_max, "Stop after this many states")
      ->take_last()
      ->type_name("N")
      ->check(positive())
      ->group(limits_group);
  command
      .add_option("--memory-max",
                  options.memory_max,
                  "Stop at this much memory, as in 500M, 2G; 7/8 of what is free if absent")
      ->take_last()
      ->type_name("SIZE")
      ->transform(size())
      ->group(limits_group);
  command.add_option("--time-max", options.time_max, "Stop after this time, as in 500ms, 30s, 2h")
      ->take_last()
      ->type_name("TIME")
      ->transform(duration())
      ->group(limits_group);
}

void add_search_options(CLI::App& command, SearchOptions& options) {
  add_limits(command, options);
  command.add_option("--threads", options.threads, "Search with so many; the result is the same")
      ->take_last()
      ->type_name("N")
      ->check(between(1, threads_max))
      ->group(expert_options);
  command
      .add_option("--compile",
                  options.compile,
                  "Translate the model for this machine with $CXX or c++: always, never, or when "
                  "the search is long (auto); the result is the same")
      ->type_name("WORD")
      ->capture_default_str()
      ->check(one_of("word", {"auto", "always", "never"}))
      ->group(expert_options);
  command
      .add_option("--audit",
                  options.audit,
                  "Try in so many states whether what reductions rest on is true: nobody notices "
                  "what he does not read, independent steps run in either order, what one does "
                  "those who are alike can do, and a rewritten model does the same")
      ->type_name("N")
      ->check(positive())
      ->group(expert_options);
  command
      .add_option(
          "--reduce",
          options.reduce,
          "Leave out states where the verdict is the same without them: values that nobody "
          "reads any more (dead), orders of independent steps (ample), states between "
          "a step and those of the same process that concern nobody else (fuse), who of several "
          "alike does "
          "what (symmetry), counters that are only compared with copies of themselves (equality), "
          "all, or none; absent: all, from 1000000 states on, where that leaves out a third of "
          "them and the scenario expects no counts")
      ->type_name("WORD,...")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(one_of("reduction", {"dead", "ample", "fuse", "symmetry", "equality", "all", "none"}))
      ->group(expert_options);
  command
      .add_option("--store",
                  options.store,
                  "What is kept of a state: all of it (exact), all of it, folded, which is smaller "
                  "and slower (tree), or a hash (compact), with which holds becomes holds "
                  "(probabilistic); tree and compact know one thread only")
      ->type_name("WORD")
      ->capture_default_str()
      ->check(one_of("store", {"exact", "tree", "compact"}))
      ->group(expert_options);
}

Limits limits_of(const SearchOptions& options) {
  Limits limits;
  if (options.states_max != 0) limits.states_max = options.states_max;
  limits.memory_max = options.memory_max != 0 ? options.memory_max : most_of_the_memory();
  limits.threads = options.threads;
  limits.storage = options.store == "tree"      ? Storage::tree
                   : options.store == "compact" ? Storage::compact
                                                : Storage::exact;
  if (limits.threads > 1 && limits.storage != Storage::exact)
    throw UsageError(fmt::format("--store {} searches with one thread only, not with --threads {}",
                                 options.store,
                                 limits.threads));
  using Translation = Limits::Translation;
  limits.translation = options.compile == "always"  ? Translation::at_once
                       : options.compile == "never" ? Translation::never
                                                    : Translation::when_long;
  if (options.time_max != 0) limits.time_max = std::chrono::milliseconds(options.time_max);
  limits.interrupted = &is_interrupted();
  // Protocols are executed when they are loaded.
  kernel::lockless::watch_executions([limits]() -> std::function<bool()> {
    const auto own = std::make_shared<const Limits>(limits);
    return [own, watch = Watch(*own)] { return watch.reason_to_stop().has_value(); };
  });
  return limits;
}

Reductions reductions_of(const SearchOptions& options) {
  const auto has = [&](const char* word) {
    return std::ranges::find(options.reduce, word) != options.reduce.end();
  };
  if (options.reduce.empty()) return usual_reductions;
  if (has("none") && options.reduce.size() > 1)
    throw UsageError("--reduce: none does not go together with others");
  if (has("all")) return all_reductions;
  return {.dead_values = has("dead"),
          .ample_sets = has("ample"),
          .lone_moves = has("fuse"),
          .symmetry = has("symmetry"),
          .equality = has("equality")};
}

} // namespace stalemate::cli
