// What a page shows of a trace. Cells are numbered, steps count from 1 on, and what has no number
// is null:
//
//   {"title", "verdict", "good", "head": [{"label", "text"}], "story": [{"step", "text"}],
//    "processes": [{"name", "starved"}],
//    "cells": [{"name", "group", "initial", "used"}],
//    "steps": [{"process", "function", "phrase", "matters", "harm", "mark",
//               "details": [{"kind", "text", "mark"}], "set": [[cell, value]]}],
//    "links": [{"from", "to", "cell", "lock"}],
//    "stale": [{"sampled", "changed", "used", "cell", "copy", "after"}],
//    "missed": [{"used", "sampled", "stored", "changed", "text", "now"}]: a test or a load by which
//    a step
//        came about, and the change since, or the newer store, that it did not see
//    "loop", "blocked": [{"process", "function", "what", "holders": [{"process", "since"}]}],
//    "cycle": [process], "refused": [cell]}

#include "reports/page.hpp"

#include "reports/causality.hpp"
#include "reports/diagram_text.hpp"
#include "reports/ending.hpp"
#include "reports/json.hpp"
#include "reports/race.hpp"
#include "reports/slice.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace stalemate::report {

namespace {

class PageTrace {
 public:
  PageTrace(const ir::Model& model, const Trace& trace)
      : model_(model), trace_(trace), causality_(causality(model, trace)),
        story_(tell(model, trace, causality_)),
        matters_(steps_that_matter(trace, causality_, story_)) {
    for (std::size_t v = 0; v < model.variables.size(); ++v)
      for (int c = 0; c < model.variables[v].cells(); ++c)
        if (model.variables[v].kind != ir::Kind::location)
          numbers_.emplace(ir::Cell{static_cast<int>(v), c}, static_cast<int>(numbers_.size()));
  }

  Json json(const Caption& caption) {
    return {{"title", printable(caption.head.first_line())},
            {"verdict", printable(caption.verdict)},
            {"good", is_example(model_, trace_)},
            {"head", head(caption.head)},
            {"story", race_lines()},
            {"processes", processes()},
            {"cells", cells()},
            {"steps", steps()},
            {"links", links()},
            {"stale", stale()},
            {"missed", missed()},
            {"loop", trace_.loop ? Json(*trace_.loop + 1) : Json()},
            {"blocked", blocked()},
            {"cycle", lanes(trace_.cycle)},
            {"refused", refused()}};
  }

 private:
  static Json head(const Head& head) {
    Json lines = Json::array();
    for (const HeadLine& line : head.lines) {
      std::string text = line.text;
      for (const std::string& item : line.items)
        append(text, item, "; ");
      lines.push_back({{"label", printable(line.label)}, {"text", printable(text)}});
    }
    return lines;
  }

  Json race_lines() {
    Json lines = Json::array();
    for (const RaceLine& line : race(model_, trace_, causality_, story_))
      lines.push_back(
          {{"step", line.step < 0 ? Json() : Json(line.step + 1)}, {"text", line.text}});
    return lines;
  }

  /// Processes are numbered as the story has them.
  [[nodiscard]] int lane(int process) const {
    return static_cast<int>(std::ranges::find(story_.cast, process) - story_.cast.begin());
  }

  /// Of those who are in the story.
  [[nodiscard]] Json lanes(const std::vector<int>& processes) const {
    Json result = Json::array();
    for (const int process : processes)
      if (lane(process) < static_cast<int>(story_.cast.size())) result.push_back(lane(process));
    return result;
  }

  Json processes() {
    Json result = Json::array();
    for (const int process : story_.cast)
      result.push_back({{"name", process_of(model_, process).name},
                        {"starved", trace_.loop && process == trace_.process}});
    return result;
  }

  [[nodiscard]] std::string group_of(const ir::Variable& variable) const {
    if (variable.ghost) return "remembered by the claim";
    if (variable.owner != ir::shared) return process_of(model_, variable.owner).name;
    if (variable.kind == ir::Kind::holder || variable.name.ends_with(".shared")) return "locks";
    return variable.name.substr(0, variable.name.find_first_of(".["));
  }

  /// Everything that the trace reads or changes; the rest is there for who asks.
  [[nodiscard]] std::set<ir::Cell> used_cells() const {
    std::set<ir::Cell> used;
    for (const TraceStep& step : trace_.steps) {
      for (const Seen& s : step.seen)
        used.insert(s.cell);
      for (const Change& c : step.changes)
        used.insert(c.cell);
    }
    for (const Seen& s : trace_.values)
      used.insert(s.cell);
    return used;
  }

  Json cells() {
    const std::set<ir::Cell> used = used_cells();
    Json result = Json::array();
    for (std::size_t v = 0; v < model_.variables.size(); ++v) {
      const ir::Variable& variable = model_.variables[v];
      if (variable.kind == ir::Kind::location) continue;
      for (int c = 0; c < variable.cells(); ++c) {
        const ir::Cell cell{static_cast<int>(v), c};
        const std::string name = variable.owner == ir::shared
                                     ? ir::cell_name(variable, c)
                                     : short_name(model_, cell, variable.owner);
        result.push_back(
            {{"name", name},
             {"group", group_of(variable)},
             {"initial", value_text(model_, cell, trace_.initial[v][static_cast<std::size_t>(c)])},
             {"used", used.contains(cell)}});
      }
    }
    return result;
  }

  static const char* kind_of(Detail::Kind kind) {
    switch (kind) {
    case Detail::Kind::saw:
      return "saw";
    case Detail::Kind::stale:
      return "stale";
    case Detail::Kind::lock:
      return "lock";
    case Detail::Kind::ghost:
      return "ghost";
    case Detail::Kind::change:
    case Detail::Kind::harm:
      break;
    }
    return "change";
  }

  Json steps() {
    Json result = Json::array();
    for (std::size_t i = 0; i < story_.scenes.size(); ++i) {
      const Scene& scene = story_.scenes[i];
      Json details = Json::array();
      bool is_harm = !scene.mark.empty();
      for (const Detail& detail : scene.details) {
        details.push_back(
            {{"kind", kind_of(detail.kind)}, {"text", detail.text}, {"mark", detail.mark}});
        is_harm = is_harm || (!detail.mark.empty() && trace_.blocked.empty());
      }
      Json set = Json::array();
      for (const Change& change : trace_.steps[i].changes)
        if (const auto cell = numbers_.find(change.cell); cell != numbers_.end())
          set.push_back({cell->second, value_text(model_, change.cell, change.after)});
      result.push_back({{"process", lane(scene.process)},
                        {"function", scene.function},
                        {"phrase", scene.phrase},
                        {"matters", static_cast<bool>(matters_[i])},
                        {"harm", is_harm && !is_example(model_, trace_)},
                        {"mark", scene.mark},
                        {"details", std::move(details)},
                        {"set", std::move(set)}});
    }
    return result;
  }

  [[nodiscard]] std::string name_of(const ir::Cell& cell) const {
    return ir::cell_name(variable_of(model_, cell), cell.index);
  }

  Json links() {
    Json result = Json::array();
    for (const Link& link : causality_.links)
      result.push_back({{"from", link.source + 1},
                        {"to", link.target + 1},
                        {"cell", name_of(link.cell)},
                        {"lock", link.is_lock}});
    return result;
  }

  Json stale() {
    Json result = Json::array();
    for (const Stale& one : causality_.stale)
      result.push_back({{"sampled", one.sampled + 1},
                        {"changed", one.changed + 1},
                        {"used", one.used + 1},
                        {"cell", name_of(one.cell)},
                        {"copy", one.copy ? Json(name_of(*one.copy)) : Json()},
                        {"after", value_text(model_, one.cell, one.after)}});
    return result;
  }

  // What only executions under weak memory have, and what explains a step where nothing stale does.
  Json missed() {
    const auto step = [](int number) { return number < 0 ? Json() : Json(number + 1); };
    const auto value = [&](const ir::Cell& cell, int number) {
      return fmt::format("{} {}", name_of(cell), value_text(model_, cell, number));
    };
    Json result = Json::array();
    for (const OldLoad& one : causality_.old_loads)
      result.push_back({{"used", one.used + 1},
                        {"sampled", Json()},
                        {"stored", step(one.stored)},
                        {"changed", one.changed + 1},
                        {"text", fmt::format("saw {}, an old value", value(one.cell, one.before))},
                        {"now", value_text(model_, one.cell, one.after)}});
    if (!draws_turns(causality_)) return result;
    for (const Turn& one : causality_.turns)
      result.push_back(
          {{"used", one.used + 1},
           {"sampled", one.tested + 1},
           {"stored", Json()},
           {"changed", step(one.changed)},
           {"text", fmt::format("saw {}, and so comes here", value(one.cell, one.before))},
           {"now", value_text(model_, one.cell, one.after)}});
    return result;
  }

  Json blocked() {
    Json result = Json::array();
    for (const Blocked& one : trace_.blocked) {
      const ir::Step& step = step_of(model_, one.process, one.step);
      Json holders = Json::array();
      for (const Blocked::Holder& holder : one.holders)
        if (std::ranges::find(story_.cast, holder.process) != story_.cast.end())
          holders.push_back({{"process", lane(holder.process)},
                             {"since", holder.since < 0 ? Json() : Json(holder.since + 1)}});
      result.push_back({{"process", lane(one.process)},
                        {"function", function_of(model_, step)},
                        {"what", one.what.empty() ? step.phrase : one.what},
                        {"holders", std::move(holders)}});
    }
    return result;
  }

  Json refused() {
    Json result = Json::array();
    for (const Contradiction& one : contradictions(model_, trace_))
      for (const ir::Cell& cell : {one.cell, one.ghost})
        if (const auto number = numbers_.find(cell); number != numbers_.end())
          result.push_back(number->second);
    return result;
  }

  const ir::Model& model_;
  const Trace& trace_;
  const Causality causality_;
  const Story story_;
  const std::vector<bool> matters_;
  std::map<ir::Cell, int> numbers_; ///< Of the cells, in their order.
};

} // namespace

std::string page_trace(const ir::Model& model, const Trace& trace, const Caption& caption) {
  return inside_page(PageTrace(model, trace).json(caption));
}

} // namespace stalemate::report
