#include "reports/slice.hpp"

#include <algorithm>
#include <set>

namespace stalemate::report {

namespace {

bool has_mark(const Scene& scene) {
  return !scene.mark.empty() ||
         std::ranges::any_of(scene.details, [](const Detail& d) { return !d.mark.empty(); });
}

bool has_harm(const Scene& scene) {
  return std::ranges::any_of(scene.details, &Detail::is_refused);
}

/// Whether the harm was done before the last step, which only lets the claim see it.
bool is_seen_late(const Story& story) {
  return !story.scenes.empty() && !has_harm(story.scenes.back()) &&
         std::ranges::any_of(story.scenes, has_harm);
}

/// What must be there: who relied on what, what broke, who holds what others wait for.
std::set<int> needed_steps(const Trace& trace, const Causality& causality, const Story& story) {
  std::set<int> steps;
  for (const Stale& stale : causality.stale)
    steps.insert({stale.sampled, stale.changed, stale.used});
  for (const Turn& turn : causality.turns) {
    steps.insert({turn.tested, turn.used});
    if (turn.changed >= 0) steps.insert(turn.changed);
  }
  for (const OldLoad& load : causality.old_loads) {
    steps.insert({load.changed, load.used});
    if (load.stored >= 0) steps.insert(load.stored);
  }
  for (std::size_t i = 0; i < story.scenes.size(); ++i) {
    const bool is_in_loop = trace.loop && i >= *trace.loop;
    if (is_in_loop || has_mark(story.scenes[i])) steps.insert(static_cast<int>(i));
  }
  for (const Blocked& blocked : trace.blocked)
    for (const Blocked::Holder& holder : blocked.holders)
      if (holder.since >= 0) steps.insert(holder.since);
  return steps;
}

} // namespace

std::vector<bool>
steps_that_matter(const Trace& trace, const Causality& causality, const Story& story) {
  std::vector<bool> matters(trace.steps.size(), false);
  const auto add = [&](int step) { matters[static_cast<std::size_t>(step)] = true; };
  for (const int step : needed_steps(trace, causality, story))
    add(step);
  for (const Link& link : causality.links) {
    add(link.source);
    add(link.target);
  }
  if (!trace.steps.empty()) matters.back() = true;
  return matters;
}

std::vector<int>
key_steps(const Trace& trace, const Causality& causality, const Story& story, std::size_t most) {
  std::set<int> steps = needed_steps(trace, causality, story);
  if (!trace.steps.empty() && trace.blocked.empty())
    steps.insert(static_cast<int>(trace.steps.size()) - 1);
  if (is_seen_late(story) && !trace.loop) steps.erase(static_cast<int>(trace.steps.size()) - 1);
  // Of an execution under Relacy nobody knows who read what: then the end has to do.
  constexpr int last_steps = 10;
  const bool is_unexplained = causality.links.empty() && causality.stale.empty();
  if (is_unexplained && trace.blocked.empty() && !trace.loop)
    for (int i = static_cast<int>(trace.steps.size()) - 1, n = 0; i >= 0 && n < last_steps;
         --i, ++n)
      steps.insert(i);
  auto links = causality.links;
  std::ranges::stable_sort(links, [](const Link& a, const Link& b) { return a.target > b.target; });
  for (const Link& link : links) {
    if (link.is_lock) continue;
    auto more = steps;
    more.insert({link.source, link.target});
    if (more.size() > most) break;
    steps = std::move(more);
  }
  return {steps.begin(), steps.end()};
}

} // namespace stalemate::report
