#include "reports/race.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace stalemate::report {

namespace {

/// What is to be said about one step.
struct StepFacts {
  std::string text;
  bool is_needed = false; ///< Without it the race is not told.
};

class Race {
 public:
  Race(const ir::Model& model, const Trace& trace, const Story& story)
      : model_(model), trace_(trace), story_(story) {}

  void add(const Stale& stale) {
    const auto cell = short_name(model_, stale.cell, process(stale.used));
    const auto before = value_text(model_, stale.cell, stale.before);
    say(stale.sampled,
        stale.copy ? fmt::format("keeps {} {} as {}",
                                 cell,
                                 before,
                                 short_name(model_, *stale.copy, process(stale.sampled)))
                   : fmt::format("sees {} {}", cell, before));
    say(stale.changed,
        fmt::format("{} -> {}, which {} does not see",
                    cell + " " + value_before(stale),
                    value_text(model_, stale.cell, stale.after),
                    name(stale.used)));
    say(stale.used,
        fmt::format("goes by {}{} of step {}",
                    stale.copy ? short_name(model_, *stale.copy, process(stale.used)) + ", " : "",
                    cell + " " + before,
                    stale.sampled + 1));
  }

  void add(const Turn& turn) {
    const auto cell = short_name(model_, turn.cell, process(turn.used));
    say(turn.tested,
        fmt::format("sees {} {}, and so comes to step {}",
                    cell,
                    value_text(model_, turn.cell, turn.before),
                    turn.used + 1));
    if (turn.changed >= 0)
      say(turn.changed,
          fmt::format("{} -> {}, after {} looked in step {}",
                      cell + " " + value_text(model_, turn.cell, turn.before),
                      value_text(model_, turn.cell, turn.after),
                      name(turn.used),
                      turn.tested + 1));
  }

  void add(const OldLoad& load) {
    const auto cell = short_name(model_, load.cell, process(load.used));
    const auto before = value_text(model_, load.cell, load.before);
    say(load.changed,
        fmt::format("stores {} {}, which {} need not see yet",
                    cell,
                    value_text(model_, load.cell, load.after),
                    name(load.used)));
    say(load.used,
        fmt::format("sees {} {}, an old value: step {} stored {}",
                    cell,
                    before,
                    load.changed + 1,
                    value_text(model_, load.cell, load.after)));
  }

  /// What broke, where it broke.
  void add_harm() {
    for (std::size_t i = 0; i < story_.scenes.size(); ++i) {
      const Scene& scene = story_.scenes[i];
      bool is_here = scene.mark == story_.broken;
      for (const Detail& detail : scene.details) {
        if (detail.mark.empty() || !trace_.blocked.empty()) continue;
        if (detail.kind == Detail::Kind::change || detail.kind == Detail::Kind::harm)
          say(at(i), detail.text);
        else if (detail.is_refused)
          say(at(i), fmt::format("{}, {}", detail.text, detail.mark));
        is_here = is_here || detail.mark == story_.broken;
      }
      if (is_here) say(at(i), story_.broken + " breaks");
    }
  }

  void add(const Link& link) {
    if (link.is_lock) return; // Who had a lock before explains little in words.
    const auto cell = short_name(model_, link.cell, process(link.target));
    say(link.target,
        fmt::format("sees {} {} of {}, step {}",
                    cell,
                    value_after(link),
                    name(link.source),
                    link.source + 1),
        false);
  }

  /// As many lines as there is room for.
  [[nodiscard]] std::vector<RaceLine> lines(std::size_t lines_max) {
    for (auto step = facts_.begin(); step != facts_.end() && facts_.size() > lines_max;)
      step = step->second.is_needed ? std::next(step) : facts_.erase(step);
    while (facts_.size() > lines_max)
      facts_.erase(facts_.begin());
    std::vector<RaceLine> result;
    for (const auto& [step, facts] : facts_)
      result.push_back({step,
                        fmt::format("{}: {} -- {}",
                                    name(step),
                                    story_.scenes[static_cast<std::size_t>(step)].phrase,
                                    facts.text)});
    return result;
  }

 private:
  static int at(std::size_t scene) { return static_cast<int>(scene); }

  [[nodiscard]] int process(int step) const {
    return trace_.steps[static_cast<std::size_t>(step)].process;
  }
  [[nodiscard]] const std::string& name(int step) const {
    return process_of(model_, process(step)).name;
  }

  /// The change that the step made to the cell; null if it wrote what was there.
  [[nodiscard]] const Change* change(int step, const ir::Cell& cell) const {
    const auto& changes = trace_.steps[static_cast<std::size_t>(step)].changes;
    const auto found = std::ranges::find(changes, cell, &Change::cell);
    return found == changes.end() ? nullptr : &*found;
  }

  [[nodiscard]] std::string value_before(const Stale& stale) const {
    const Change* made = change(stale.changed, stale.cell);
    return value_text(model_, stale.cell, made != nullptr ? made->before : stale.before);
  }

  [[nodiscard]] std::string value_after(const Link& link) const {
    const Change* made = change(link.source, link.cell);
    return made != nullptr ? value_text(model_, link.cell, made->after) : "";
  }

  void say(int step, const std::string& fact, bool is_needed = true) {
    StepFacts& facts = facts_[step];
    facts.is_needed = facts.is_needed || is_needed;
    if (facts.text.find(fact) == std::string::npos) append(facts.text, fact, "; ");
  }

  const ir::Model& model_;
  const Trace& trace_;
  const Story& story_;
  std::map<int, StepFacts> facts_; ///< By step.
};

} // namespace

std::vector<RaceLine>
race(const ir::Model& model, const Trace& trace, const Causality& causality, const Story& story) {
  const std::size_t meaning = std::min(story.ending.size(), race_lines_max - 1);
  Race race(model, trace, story);
  for (const Stale& stale : causality.stale)
    race.add(stale);
  for (const Turn& turn : causality.turns)
    race.add(turn);
  for (const OldLoad& load : causality.old_loads)
    race.add(load);
  race.add_harm();
  // Where everyone waits, or goes round for ever, that is the race.
  if (trace.blocked.empty() && !trace.loop)
    for (const Link& link : causality.links)
      race.add(link);

  std::vector<RaceLine> lines = race.lines(race_lines_max - meaning);
  for (std::size_t i = 0; i < meaning; ++i)
    lines.push_back({-1, story.ending[i]});
  const std::size_t rest = story.ending.size() - meaning;
  if (rest > 0) lines.back().text = fmt::format("and {} more", rest + 1);
  return lines;
}

} // namespace stalemate::report
