#include "checker/inquiry/behaviour.hpp"

#include "checker/search/limits.hpp"
#include "checker/search/successors.hpp"
#include "checker/store/state_set.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace stalemate {

std::optional<Behaviour> behaviour_of(const ir::Model& model, std::uint64_t states_max) {
  const Program program = compile(model);
  StateSet states(program.layout, states_max, Limits::unlimited);
  if (!states.insert_one(program.initial)) return std::nullopt;
  Behaviour all;
  all.ways_ = program.alternatives;
  Successors batch(program);
  for (std::uint64_t next = 0; next < states.size(); next += batch.ends.size()) {
    expand_some(program, states, static_cast<StateId>(next), states.size(), batch);
    if (batch.stop != Successors::Stop::no) return std::nullopt;
    if (states.insert(batch.targets) != batch.targets.count) return std::nullopt;
    std::size_t i = 0;
    for (const std::size_t end : batch.ends) {
      for (; i < end; ++i)
        all.arrows_.push_back(
            {batch.targets.ids[i], program.transitions[batch.transitions[i]].alternative});
      all.first_.push_back(all.arrows_.size());
    }
  }
  return all;
}

namespace {

using StateNumbers = std::vector<std::uint32_t>; ///< Sorted.
using Event = int;                               ///< What is seen, as a number.
constexpr Event unseen = -1;

/// Numbers for texts, the same in both behaviours.
class Events {
 public:
  std::vector<Event> of(const Visible& seen) {
    std::vector<Event> all;
    for (const std::string& text : seen)
      all.push_back(text.empty() ? unseen : number(text));
    return all;
  }
  [[nodiscard]] const std::string& text(Event event) const {
    return texts_[static_cast<std::size_t>(event)];
  }

 private:
  Event number(const std::string& text) {
    const auto [at, is_new] = numbers_.emplace(text, static_cast<Event>(texts_.size()));
    if (is_new) texts_.push_back(text);
    return at->second;
  }

  std::map<std::string, Event> numbers_;
  std::vector<std::string> texts_;
};

/// The sets of states in which a behaviour may be, by what was seen: each once, with a number.
class Knowledge {
 public:
  struct Set {
    StateNumbers states;
    std::map<Event, std::size_t> after = {}; ///< By event that is possible: the next set.
    bool may_end = false;
    bool is_expanded = false;
  };

  Knowledge(const Behaviour& behaviour, const std::vector<Event>& events)
      : behaviour_(behaviour), events_(events) {
    (void)number(closed({0}));
  }

  const Set& at(std::size_t set) {
    if (!sets_[set].is_expanded) expand(set);
    return sets_[set];
  }
  [[nodiscard]] std::size_t members() const { return members_; }

 private:
  [[nodiscard]] Event event(const Behaviour::Arrow& arrow) const { return events_[arrow.way]; }

  /// With what can be reached unseen.
  [[nodiscard]] StateNumbers closed(StateNumbers states) {
    StateNumbers todo = states;
    while (!todo.empty()) {
      const std::uint32_t state = todo.back();
      todo.pop_back();
      for (const Behaviour::Arrow& arrow : behaviour_.from(state)) {
        if (event(arrow) != unseen) continue;
        const auto at = std::ranges::lower_bound(states, arrow.target);
        if (at != states.end() && *at == arrow.target) continue;
        states.insert(at, arrow.target);
        todo.push_back(arrow.target);
      }
    }
    return states;
  }

  std::size_t number(StateNumbers states) {
    const auto [at, is_new] = numbers_.emplace(std::move(states), sets_.size());
    if (!is_new) return at->second;
    members_ += at->first.size();
    sets_.push_back({at->first});
    return at->second;
  }

  void expand(std::size_t set) {
    std::map<Event, StateNumbers> targets;
    bool may_end = false;
    for (const std::uint32_t state : sets_[set].states) {
      const auto arrows = behaviour_.from(state);
      may_end = may_end || arrows.empty();
      for (const Behaviour::Arrow& arrow : arrows)
        if (event(arrow) != unseen) targets[event(arrow)].push_back(arrow.target);
    }
    std::map<Event, std::size_t> after;
    for (auto& [event, states] : targets) {
      std::ranges::sort(states);
      states.erase(std::ranges::unique(states).begin(), states.end());
      after[event] = number(closed(std::move(states)));
    }
    sets_[set].after = std::move(after);
    sets_[set].may_end = may_end;
    sets_[set].is_expanded = true;
  }

  const Behaviour& behaviour_;
  const std::vector<Event>& events_;
  std::vector<Set> sets_;
  std::map<StateNumbers, std::size_t> numbers_;
  std::size_t members_ = 0;
};

/// A state, what the other one may be in, and how it came there.
struct Together {
  std::uint32_t state;
  std::size_t set;
  std::size_t before; ///< Index of the pair it came from.
  Event event;        ///< Visible on the way.
};

} // namespace

Divergence divergence(const Behaviour& one,
                      const Visible& seen_of_one,
                      const Behaviour& other,
                      const Visible& seen_of_other,
                      std::size_t work_max) {
  Events events;
  const std::vector<Event> events_of_one = events.of(seen_of_one);
  const std::vector<Event> events_of_other = events.of(seen_of_other);
  Knowledge knowledge(other, events_of_other);
  std::vector<Together> pairs{{0, 0, 0, unseen}};
  std::unordered_set<std::uint64_t> known{0};
  const auto seen_up_to = [&](std::size_t at) {
    std::vector<std::string> seen;
    for (; at != 0; at = pairs[at].before)
      if (pairs[at].event != unseen) seen.push_back(events.text(pairs[at].event));
    std::ranges::reverse(seen);
    return seen;
  };

  for (std::size_t next = 0; next < pairs.size(); ++next) {
    if (pairs.size() + knowledge.members() > work_max) return {Divergence::Kind::too_large};
    const Together pair = pairs[next];
    const auto arrows = one.from(pair.state);
    if (arrows.empty() && !knowledge.at(pair.set).may_end)
      return {Divergence::Kind::end, seen_up_to(next)};
    for (const Behaviour::Arrow& arrow : arrows) {
      const Event event = events_of_one[arrow.way];
      std::size_t set = pair.set;
      if (event != unseen) {
        const auto& after = knowledge.at(pair.set).after;
        const auto found = after.find(event);
        if (found == after.end()) {
          auto seen = seen_up_to(next);
          seen.push_back(events.text(event));
          return {Divergence::Kind::step, std::move(seen)};
        }
        set = found->second;
      }
      if (known.insert((std::uint64_t{set} << 32U) | arrow.target).second)
        pairs.push_back({arrow.target, set, next, event});
    }
  }
  return {};
}

} // namespace stalemate
