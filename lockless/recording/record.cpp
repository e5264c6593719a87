// Unfolds each thread of a protocol: every way that it could go, whatever the others do, as a tree
// of runs. Steps of the tree from which the same can follow are one step of the machine.

#include "lockless/recording/recording.hpp"

#include "lockless/interface.hpp"
#include "lockless/recording/runs.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace stalemate::recording {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

constexpr int unknown = -2; ///< The end of a run that breaks a claim or that cannot be.

struct Branch {
  Taken taken;
  int next = unknown;
};

/// A place in the tree. What is seen there tells its branches apart.
struct Place {
  std::map<Conditions, Branch> branches;

  [[nodiscard]] const Taken& operation() const { return branches.begin()->second.taken; }
};

class Tree {
 public:
  void add(const Run& run) {
    std::vector<int> path{0};
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
      if (at(path.back()) == places_.size()) places_.emplace_back();
      const int here = path.back();
      const bool is_last = i + 1 == run.steps.size();
      auto& branches = places_[at(here)].branches;
      const auto [branch, fresh] = branches.try_emplace(run.steps[i].seen, Branch{run.steps[i]});
      if (is_last) {
        branch->second.next = next_of(run, path);
      } else {
        if (fresh) branch->second.next = static_cast<int>(places_.size());
        path.push_back(branch->second.next);
      }
    }
  }

  [[nodiscard]] const std::vector<Place>& places() const { return places_; }

 private:
  static int next_of(const Run& run, const std::vector<int>& path) {
    if (!run.steps.back().broken.empty() || run.steps.back().is_impossible) return unknown;
    return run.back_to < 0 ? ends : path[at(run.back_to)];
  }

  std::vector<Place> places_;
};

Tree unfold(int protocol, int variant, int thread, std::vector<Object>& objects) {
  Tree tree;
  for (const Run& run : runs_of(protocol, variant, thread, objects))
    tree.add(run);
  return tree;
}

/// Numbers for places, equal where the same can follow: refined until they stay.
std::vector<int> classes(const std::vector<Place>& places) {
  using Key = std::vector<std::tuple<Conditions, std::vector<Change>, std::string, bool, int>>;
  std::vector<int> number(places.size(), 0);
  for (std::size_t count = 0;;) {
    std::map<std::tuple<std::string, std::string, Conditions, Key>, int> known;
    std::vector<int> refined;
    for (const Place& place : places) {
      Key key;
      for (const auto& [seen, branch] : place.branches) {
        const Taken& taken = branch.taken;
        const int next = branch.next < 0 ? branch.next : number[at(branch.next)];
        key.emplace_back(seen, taken.changes, taken.broken, taken.is_impossible, next);
      }
      const Taken& first = place.operation();
      refined.push_back(
          known
              .try_emplace({first.function, first.phrase, first.waits_until, std::move(key)},
                           static_cast<int>(known.size()))
              .first->second);
    }
    number = std::move(refined);
    if (known.size() == count) return number;
    count = known.size();
  }
}

/// Conditions of which one must be true, in fewer words. Where one of `anything` is true, nobody
/// asks.
class Simplifier {
 public:
  Simplifier(const std::vector<Object>& objects, std::vector<Conditions> anything)
      : objects_(objects), anything_(std::move(anything)) {}

  [[nodiscard]] std::vector<Conditions> operator()(std::vector<Conditions> wanted) const {
    std::set<Conditions> asked(wanted.begin(), wanted.end());
    std::set<Conditions> all = asked;
    all.insert(anything_.begin(), anything_.end());
    while (drop_one(all, asked)) {
    }
    return {asked.begin(), asked.end()};
  }

 private:
  /// Drops an object that may have any value, where all else is the same.
  bool drop_one(std::set<Conditions>& all, std::set<Conditions>& asked) const {
    for (const Conditions& conditions : asked) {
      for (std::size_t i = 0; i < conditions.size(); ++i) {
        Conditions one = conditions;
        std::vector<Conditions> covered;
        const int highest = objects_[at(one[i].object)].highest;
        for (one[i].value = 0; one[i].value <= highest && all.contains(one); ++one[i].value)
          covered.push_back(one);
        if (static_cast<int>(covered.size()) <= highest) continue;
        for (const Conditions& value : covered) {
          all.erase(value);
          asked.erase(value);
        }
        one.erase(one.begin() + static_cast<std::ptrdiff_t>(i));
        all.insert(one);
        asked.insert(one);
        return true;
      }
    }
    return false;
  }

  const std::vector<Object>& objects_;
  std::vector<Conditions> anything_;
};

/// Ways that do the same are one; a claim that breaks belongs to the way that is taken otherwise.
Step step_of(const Place& place,
             const std::vector<int>& number,
             const std::vector<Object>& objects) {
  const Taken& operation = place.operation();
  Step step{operation.function, operation.phrase, operation.waits_until, operation.waits_for, {}};
  std::vector<Conditions> impossible;
  for (const auto& [seen, branch] : place.branches) {
    if (branch.taken.is_impossible) impossible.push_back(seen);
    if (branch.next == unknown) continue;
    const int next = branch.next < 0 ? ends : number[at(branch.next)];
    const std::vector<Change>& changes = branch.taken.changes;
    const auto same = std::ranges::find_if(
        step.ways, [&](const Way& way) { return way.changes == changes && way.next == next; });
    if (same == step.ways.end())
      step.ways.push_back({{seen}, {}, changes, next});
    else
      same->when.push_back(seen);
  }
  for (const auto& [seen, branch] : place.branches) {
    if (branch.taken.broken.empty()) continue;
    // What the operation itself has seen comes first; what the claim looks at comes behind it.
    auto otherwise = std::ranges::find_if(step.ways, [&, &seen = seen](const Way& way) {
      return std::ranges::any_of(way.when, [&](const Conditions& when) {
        return !seen.empty() && !when.empty() && when.front() == seen.front();
      });
    });
    if (otherwise == step.ways.end()) otherwise = step.ways.begin();
    if (otherwise == step.ways.end()) {
      step.ways.push_back({{}, {}, branch.taken.changes, ends});
      otherwise = step.ways.begin();
    }
    otherwise->when.push_back(seen);
    const auto known = std::ranges::find(otherwise->claims, branch.taken.broken, &Claim::name);
    if (known == otherwise->claims.end())
      otherwise->claims.push_back({{seen}, branch.taken.broken, branch.taken.text});
    else
      known->broken_if.push_back(seen);
  }
  const Simplifier simpler(objects, impossible);
  const Simplifier exact(objects, {});
  for (Way& way : step.ways) {
    way.when = simpler(std::move(way.when));
    for (Claim& claim : way.claims)
      claim.broken_if = exact(std::move(claim.broken_if));
  }
  return step;
}

std::vector<Step> machine_of(const Tree& tree, const std::vector<Object>& objects) {
  const std::vector<Place>& places = tree.places();
  // Steps in the order in which the tree first meets them.
  std::vector<int> number = classes(places);
  std::map<int, int> order;
  for (int& one : number)
    one = order.try_emplace(one, static_cast<int>(order.size())).first->second;
  std::vector<Step> steps(order.size());
  std::vector<bool> is_made(order.size(), false);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto one = at(number[i]);
    if (is_made[one]) continue;
    steps[one] = step_of(places[i], number, objects);
    is_made[one] = true;
  }
  return steps;
}

} // namespace

Protocol record(int protocol, int variant) {
  const int threads = static_cast<int>(relacy::protocols()[at(protocol)].threads.size());
  Protocol recorded;
  for (int t = 0; t < threads; ++t)
    recorded.threads.push_back(
        machine_of(unfold(protocol, variant, t, recorded.objects), recorded.objects));
  const Tree after = unfold(protocol, variant, threads, recorded.objects);
  if (!after.places().front().operation().seen.empty())
    recorded.after = machine_of(after, recorded.objects);
  return recorded;
}

} // namespace stalemate::recording
