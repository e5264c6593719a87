#include "reports/story.hpp"

#include "reports/ending.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace stalemate::report {

namespace {

bool is_lock(const ir::Variable& variable) {
  return variable.kind == ir::Kind::holder;
}

/// "is it valid?" and "no" make "is it valid? no"; other phrases take a colon.
/// What the scenario's own edits did to the step stands behind it.
std::string with_edit(const std::string& phrase, const ir::Step& step) {
  return step.edit.empty() ? phrase : fmt::format("{} [{}]", phrase, step.edit);
}

std::string phrase_with_note(const std::string& phrase, const std::string& note) {
  if (note.empty()) return phrase;
  return phrase + (phrase.ends_with('?') ? " " : ": ") + note;
}

bool is_named_in(const std::vector<Seen>& values, const ir::Cell& cell) {
  return std::ranges::any_of(values, [&](const Seen& s) { return s.cell == cell; });
}

/// All locks that the step took, or all that it released, on one line.
void add_lock(std::vector<Detail>& details,
              const std::string& verb,
              const std::string& name,
              const ir::Cell& cell) {
  for (Detail& d : details) {
    if (d.kind != Detail::Kind::lock || !d.text.starts_with(verb)) continue;
    append(d.text, name);
    d.cells.push_back(cell);
    return;
  }
  details.push_back({Detail::Kind::lock, verb + " " + name, {cell}});
}

/// The lock of "inode.i_rwsem[writer0].shared", which says that writer0 holds it with others. Empty
/// for any other cell.
std::string shared_lock(const ir::Model& model, const ir::Cell& cell, int process) {
  const auto& variable = variable_of(model, cell);
  const auto row = static_cast<std::size_t>(cell.index);
  constexpr std::string_view suffix = ".shared";
  const bool is_mine = variable.kind == ir::Kind::boolean && row < variable.rows.size() &&
                       variable.rows[row] == process_of(model, process).name;
  if (!is_mine || !variable.name.ends_with(suffix)) return "";
  return variable.name.substr(0, variable.name.size() - suffix.size());
}

void add_change(std::vector<Detail>& details,
                const ir::Model& model,
                const Trace& trace,
                const Change& change,
                int process) {
  const auto& variable = variable_of(model, change.cell);
  const auto name = short_name(model, change.cell, process);
  if (is_lock(variable) && change.before == 0 && change.after == process + 1)
    return add_lock(details, "takes", name, change.cell);
  if (is_lock(variable) && change.before == process + 1 && change.after == 0)
    return add_lock(details, "releases", name, change.cell);
  if (const auto lock = shared_lock(model, change.cell, process); !lock.empty())
    return add_lock(
        details, change.after != 0 ? "takes" : "releases", lock + " (shared)", change.cell);

  const auto after = ir::value_name(variable, change.after);
  const auto brief = name + " = " + after;
  if (!variable.ghost) {
    const auto before = ir::value_name(variable, change.before);
    details.push_back({Detail::Kind::change,
                       fmt::format("{}: {} -> {}", name, before, after),
                       {change.cell},
                       brief});
  } else if (is_named_in(trace.values, change.cell)) {
    details.push_back({Detail::Kind::ghost, "(" + brief + ")", {change.cell}});
  }
}

/// "folio[0]" of "folio[0].dirty".
std::string object_of(const std::string& name) {
  const auto dot = name.rfind('.');
  return dot == std::string::npos ? std::string() : name.substr(0, dot);
}

/// What the guard saw, without what the step then changed: that line says both. An object is named
/// once: "saw folio[0].dirty no, .writeback no".
void add_seen(std::vector<Detail>& details, const ir::Model& model, const TraceStep& step) {
  Detail saw{Detail::Kind::saw, "", {}};
  std::string object;
  for (const Seen& s : step.seen) {
    if (std::ranges::any_of(step.changes, [&](const Change& c) { return c.cell == s.cell; }))
      continue;
    auto name = short_name(model, s.cell, step.process);
    const auto last = std::exchange(object, object_of(name));
    if (!object.empty() && object == last) name.erase(0, object.size());
    append(saw.text, name + " " + value_text(model, s.cell, s.value));
    saw.cells.push_back(s.cell);
  }
  if (saw.text.empty()) return;
  saw.text = "saw " + saw.text;
  details.push_back(std::move(saw));
}

Scene scene(const ir::Model& model, const Trace& trace, const TraceStep& at) {
  const ir::Step& step = step_of(model, at.process, at.step);
  const auto& note = step.alternatives[static_cast<std::size_t>(at.alternative)].note;
  Scene s{at.process,
          function_of(model, step),
          false,
          with_edit(phrase_with_note(step.phrase, note), step),
          {}};
  add_seen(s.details, model, at);
  for (const Change& change : at.changes)
    add_change(s.details, model, trace, change, at.process);
  return s;
}

/// Behind what the step itself saw.
void insert_stale(Scene& scene, Detail detail) {
  const bool has_seen = !scene.details.empty() && scene.details[0].kind == Detail::Kind::saw;
  scene.details.insert(scene.details.begin() + (has_seen ? 1 : 0), std::move(detail));
}

/// "iomap.type is stale: extent[0] is written since step 7", or, where there is no copy, "step 2
/// saw extent[0] unwritten: it is written since step 7".
void add_stale(Story& story, const ir::Model& model, const Stale& stale) {
  Scene& scene = story.scenes[static_cast<std::size_t>(stale.used)];
  const auto cell = short_name(model, stale.cell, scene.process);
  const auto now = fmt::format(
      "is {} since step {}", value_text(model, stale.cell, stale.after), stale.changed + 1);
  Detail detail{Detail::Kind::stale, "", {stale.cell}};
  if (stale.copy)
    detail.text =
        fmt::format("{} is stale: {} {}", short_name(model, *stale.copy, scene.process), cell, now);
  else
    detail.text = fmt::format("step {} saw {} {}: it {}",
                              stale.sampled + 1,
                              cell,
                              value_text(model, stale.cell, stale.before),
                              now);
  insert_stale(scene, std::move(detail));
}

/// "step 3 saw inode.size 2: it is 1 since step 14"
void add_turn(Story& story, const ir::Model& model, const Turn& turn) {
  if (turn.changed < 0) return;
  Scene& scene = story.scenes[static_cast<std::size_t>(turn.used)];
  insert_stale(scene,
               {Detail::Kind::stale,
                fmt::format("step {} saw {} {}: it is {} since step {}",
                            turn.tested + 1,
                            short_name(model, turn.cell, scene.process),
                            value_text(model, turn.cell, turn.before),
                            value_text(model, turn.cell, turn.after),
                            turn.changed + 1),
                {turn.cell}});
}

/// "saw seq 0, an old value: it is 1 since step 6"
void add_old_load(Story& story, const ir::Model& model, const OldLoad& load) {
  Scene& scene = story.scenes[static_cast<std::size_t>(load.used)];
  insert_stale(scene,
               {Detail::Kind::stale,
                fmt::format("saw {} {}, an old value: it is {} since step {}",
                            short_name(model, load.cell, scene.process),
                            value_text(model, load.cell, load.before),
                            value_text(model, load.cell, load.after),
                            load.changed + 1),
                {load.cell}});
}

/// A change, and the scene in which it happened.
struct LastChange {
  std::size_t scene = 0;
  Detail* change = nullptr; ///< Null: there was none.
};

/// The change that gave the cell its last value, if it did not keep its first.
LastChange last_change(Story& story, const ir::Cell& cell) {
  for (std::size_t i = story.scenes.size(); i-- > 0;)
    for (Detail& d : story.scenes[i].details) {
      const bool is_change = d.kind == Detail::Kind::change || d.kind == Detail::Kind::ghost;
      if (is_change && d.cells.front() == cell) return {i, &d};
    }
  return {};
}

/// Values that the claim read at the end, where they were written: what broke it is among them. A
/// contradiction says it better.
void mark_read(Story& story, const ir::Model& model, const Trace& trace) {
  if (is_example(model, trace) || !contradictions(model, trace).empty()) return;
  for (const Seen& s : trace.values)
    if (Detail* change = last_change(story, s.cell).change;
        change != nullptr && change->kind == Detail::Kind::change)
      change->is_read = true;
}

/// Marks where a cell and the ghost whose value it should hold came apart: the later of their last
/// changes.
void mark_refused(Story& story, const ir::Model& model, const Trace& trace) {
  for (const auto& [cell, ghost] : contradictions(model, trace)) {
    const LastChange real = last_change(story, cell);
    const LastChange remembered = last_change(story, ghost);
    const bool is_real =
        real.change != nullptr && (remembered.change == nullptr || remembered.scene <= real.scene);
    Detail* change = is_real ? real.change : remembered.change;
    if (change == nullptr) continue;
    const ir::Cell& other = is_real ? ghost : cell;
    const auto value = std::ranges::find(trace.values, other, &Seen::cell)->value;
    const auto text = fmt::format("{} is {}",
                                  ir::cell_name(variable_of(model, other), other.index),
                                  value_text(model, other, value));
    change->is_refused = true;
    change->mark = "but " + (is_real ? "(" + text + ")" : text);
  }
}

/// The change of the last step that the broken part reads, or the step itself.
void mark_what_broke(Story& story, const Trace& trace) {
  const bool is_broken_at_end = trace.verdict == Verdict::violated ||
                                trace.verdict == Verdict::latent ||
                                trace.verdict == Verdict::model_error;
  if (story.scenes.empty() || !is_broken_at_end || trace.stops) return;
  Scene& last = story.scenes.back();
  const auto is_read = [&](const ir::Cell& cell) { return is_named_in(trace.values, cell); };
  for (Detail& d : last.details) {
    if (d.kind != Detail::Kind::change && d.kind != Detail::Kind::lock) continue;
    if (std::ranges::none_of(d.cells, is_read)) continue;
    d.mark = story.broken;
    return;
  }
  // A check comes before what the step does: it is not the step that is wrong.
  if (trace.part < 0 && trace.property >= 0 && !trace.broken.empty() && last.phrase != trace.broken)
    last.details.push_back({Detail::Kind::harm, trace.broken, {}, "", false, story.broken});
  else
    last.mark = story.broken;
}

/// Locks that somebody waits for at the end, where they were taken.
void mark_held(Story& story, const Trace& trace) {
  for (const Blocked& b : trace.blocked)
    for (const Blocked::Holder& h : b.holders) {
      if (h.since < 0) continue;
      for (Detail& d : story.scenes[static_cast<std::size_t>(h.since)].details)
        if (d.kind == Detail::Kind::lock && d.text.find(b.what) != std::string::npos)
          d.mark = "still held";
    }
}

/// Adds one value to the line of its object.
void add_holding(std::vector<Holding>& holdings,
                 const ir::Model& model,
                 const ir::Cell& cell,
                 int value) {
  const auto& variable = variable_of(model, cell);
  const auto name = ir::cell_name(variable, cell.index);
  const auto object = object_of(name);
  const auto property = object.empty() ? name : name.substr(object.size() + 1);
  const auto text = property + " " + ir::value_name(variable, value);

  const auto same = std::ranges::find_if(
      holdings, [&](const Holding& h) { return h.object == object && h.ghost == variable.ghost; });
  if (same != holdings.end())
    append(same->values, text);
  else
    holdings.push_back({object, text, variable.ghost});
}

/// The shared state before the first step, as far as the trace reads or changes it. Free locks and
/// the processes' own variables are as everyone expects.
std::vector<Holding> initially(const ir::Model& model, const Trace& trace) {
  std::set<ir::Cell> cells;
  for (const TraceStep& step : trace.steps) {
    for (const Seen& s : step.seen)
      cells.insert(s.cell);
    for (const Change& c : step.changes)
      cells.insert(c.cell);
  }
  for (const Seen& s : trace.values)
    cells.insert(s.cell);

  std::vector<Holding> holdings;
  for (const ir::Cell& cell : cells) {
    const auto& variable = variable_of(model, cell);
    const int value =
        trace
            .initial[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)];
    const bool is_free = is_lock(variable) && value == 0;
    const bool is_unread = variable.ghost && !is_named_in(trace.values, cell);
    if (variable.owner != ir::shared || variable.kind == ir::Kind::location) continue;
    if (!is_free && !is_unread) add_holding(holdings, model, cell, value);
  }
  return holdings;
}

std::vector<int> cast(const ir::Model& model, const Trace& trace) {
  std::vector<int> processes;
  for (int p = 0; p < static_cast<int>(model.processes.size()); ++p) {
    const auto runs = [&](const auto& s) { return s.process == p; };
    if (std::ranges::any_of(trace.steps, runs) || std::ranges::any_of(trace.blocked, runs))
      processes.push_back(p);
  }
  return processes;
}

} // namespace

Story tell(const ir::Model& model, const Trace& trace, const Causality& causality) {
  Story story{cast(model, trace), initially(model, trace), {}, broken_name(model, trace), {}};
  for (const TraceStep& at : trace.steps) {
    Scene next = scene(model, trace, at);
    if (!story.scenes.empty()) {
      const Scene& before = story.scenes.back();
      next.continues = before.process == next.process && before.function == next.function;
    }
    story.scenes.push_back(std::move(next));
  }
  mark_read(story, model, trace);
  mark_refused(story, model, trace);
  if (!is_example(model, trace)) mark_what_broke(story, trace);
  mark_held(story, trace);
  for (const Stale& stale : causality.stale)
    add_stale(story, model, stale);
  for (const Turn& turn : causality.turns)
    add_turn(story, model, turn);
  for (const OldLoad& load : causality.old_loads)
    add_old_load(story, model, load);
  story.ending = ending(model, trace);
  return story;
}

} // namespace stalemate::report
