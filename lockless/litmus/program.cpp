#include "lockless/litmus/program.hpp"

#include "lockless/interface.hpp"
#include "lockless/recording/runs.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

namespace stalemate::litmus {

using recording::Access;
using recording::Run;

bool operator==(const Statement&, const Statement&) = default;

namespace {

using Path = std::vector<Access>;
using Paths = std::vector<const Path*>;

/// Behind it all locks that were taken are dropped: herd finds no execution otherwise.
Path without_locks(Path path) {
  std::vector<int> held;
  for (const Access& access : path) {
    if (access.kind == Access::Kind::take) held.push_back(access.object);
    if (access.kind == Access::Kind::drop) std::erase(held, access.object);
  }
  for (; !held.empty(); held.pop_back())
    path.push_back({.kind = Access::Kind::drop, .object = held.back(), .phrase = "the test ends"});
  return path;
}

/// Takes from the branches what all of them end with.
Block common_end(std::vector<Branch>& branches) {
  Block common;
  const auto ends_so = [&](const Branch& branch) {
    return !branch.body.empty() && branch.body.back() == branches.front().body.back();
  };
  while (std::ranges::all_of(branches, ends_so)) {
    common.insert(common.begin(), branches.front().body.back());
    for (Branch& branch : branches)
      branch.body.pop_back();
  }
  return common;
}

/// The program of one thread.
class Unfolding {
 public:
  Unfolding(const std::vector<Run>& runs, const std::vector<recording::Object>& objects) {
    for (const Run& run : runs) {
      const recording::Taken* last = run.steps.empty() ? nullptr : &run.steps.back();
      if (last != nullptr && (last->broken == "no_data_race" || last->is_impossible)) continue;
      add(run.accesses, objects);
    }
    for (const Path& path : paths_)
      registers_[&path] = registers_of(path);
  }

  [[nodiscard]] Block block() const {
    Paths all;
    for (const Path& path : paths_)
      all.push_back(&path);
    return all.empty() ? Block{} : block_of(all, 0);
  }

 private:
  /// Where it waits, it reads; and with other values it has come to its end.
  void add(const Path& run, const std::vector<recording::Object>& objects) {
    Path path;
    for (Access access : run) {
      const bool sleeps = access.kind == Access::Kind::sleep;
      if (!sleeps && access.kind != Access::Kind::spin) {
        path.push_back(access);
        continue;
      }
      const Access waited = access;
      access.kind = Access::Kind::load;
      access.value = 0;
      for (int value = 0; value <= objects[static_cast<std::size_t>(access.object)].highest;
           ++value) {
        if (value == waited.value) continue;
        Path stopped = path;
        access.result = value;
        stopped.push_back(access);
        if (sleeps)
          stopped.push_back({.kind = Access::Kind::stays_asleep,
                             .object = waited.object,
                             .value = waited.value,
                             .function = waited.function,
                             .phrase = "it sleeps"});
        add(without_locks(std::move(stopped)));
      }
      access.result = waited.value;
      path.push_back(access);
    }
    add(without_locks(std::move(path)));
  }

  void add(Path path) {
    if (std::ranges::find(paths_, path) == paths_.end()) paths_.push_back(std::move(path));
  }

  /// Where the paths do the same they read to the same register, whatever they did before.
  std::vector<int> registers_of(const Path& path) {
    std::vector<int> all;
    Path so_far;
    for (const Access& access : path) {
      const Access what = without_result(access);
      const auto times = std::ranges::count(so_far, what);
      so_far.push_back(what);
      if (access.result < 0) {
        all.push_back(-1);
        continue;
      }
      const std::pair key(what, times);
      const auto known = std::ranges::find(known_, key);
      all.push_back(static_cast<int>(known - known_.begin()));
      if (known == known_.end()) known_.push_back(key);
    }
    return all;
  }

  static Access without_result(Access access) {
    access.result = -1;
    return access;
  }

  /// What is done there; nothing at the end.
  static std::optional<Access> next(const Path& path, std::size_t at) {
    if (at == path.size()) return {};
    return without_result(path[at]);
  }

  /// All paths do the same up to there.
  [[nodiscard]] Block block_of(const Paths& paths, std::size_t at) const {
    Block block;
    for (;; ++at) {
      const auto here = next(*paths.front(), at);
      const bool is_same =
          std::ranges::all_of(paths, [&](const Path* path) { return next(*path, at) == here; });
      if (!is_same) break;
      if (!here) return block;
      block.push_back({*here, registers_.at(paths.front())[at]});
    }
    Statement decision = decide(paths, at);
    Block behind = common_end(decision.branches);
    block.push_back(std::move(decision));
    std::ranges::move(behind, std::back_inserter(block));
    return block;
  }

  /// By the first that was read and by which what comes next differs; if only several together
  /// say what does, by the first of all that can have been read otherwise.
  [[nodiscard]] Statement decide(const Paths& paths, std::size_t at) const {
    std::map<int, Paths> by_result;
    Statement decision;
    for (std::size_t read = 0; read < at; ++read) {
      std::map<int, Paths> one;
      for (const Path* path : paths)
        one[(*path)[read].result].push_back(path);
      const bool decides = differs(one, at);
      if (!decides && (one.size() == 1 || !by_result.empty())) continue;
      by_result = std::move(one);
      decision.decides_by = registers_.at(paths.front())[read];
      if (decides) break;
    }
    for (const auto& [result, those] : by_result) {
      Block body = block_of(those, at);
      const auto same = std::ranges::find(decision.branches, body, &Branch::body);
      if (same == decision.branches.end())
        decision.branches.push_back({{result}, std::move(body)});
      else
        same->results.push_back(result);
    }
    return decision;
  }

  static bool differs(const std::map<int, Paths>& by_result, std::size_t at) {
    const auto nexts = [&](const Paths& paths) {
      std::vector<std::optional<Access>> all;
      for (const Path* path : paths)
        if (std::ranges::find(all, next(*path, at)) == all.end()) all.push_back(next(*path, at));
      return all;
    };
    const auto first = nexts(by_result.begin()->second);
    return std::ranges::any_of(by_result, [&](const auto& one) {
      const auto others = nexts(one.second);
      return !std::ranges::is_permutation(others, first);
    });
  }

  std::vector<Path> paths_;
  std::map<const Path*, std::vector<int>> registers_;
  std::vector<std::pair<Access, std::ptrdiff_t>> known_; ///< By register.
};

} // namespace

Program program_of(int protocol, int variant) {
  const auto threads =
      static_cast<int>(relacy::protocols()[static_cast<std::size_t>(protocol)].threads.size());
  Program program;
  const auto block = [&](int thread) {
    const std::vector<Run> runs = recording::runs_of(protocol, variant, thread, program.objects);
    return Unfolding(runs, program.objects).block();
  };
  for (int thread = 0; thread < threads; ++thread)
    program.threads.push_back(block(thread));
  program.after = block(threads);
  return program;
}

} // namespace stalemate::litmus
