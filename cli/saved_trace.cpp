#include "cli/saved_trace.hpp"

#include "checker/program/definition.hpp"
#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

using kernel::excerpt;
using kernel::unknown;

// The verdicts that come with a trace.
constexpr std::array verdicts{Verdict::violated,
                              Verdict::latent,
                              Verdict::deadlock,
                              Verdict::livelock,
                              Verdict::starvation,
                              Verdict::stuck,
                              Verdict::model_error};

// The index of the element that `member` names.
template <typename Named>
int index_of(const std::vector<Named>& list, const std::string& name, const std::string& noun) {
  const auto at = std::ranges::find(list, name, &Named::name);
  if (at != list.end()) return static_cast<int>(at - list.begin());
  std::vector<std::string> names;
  names.reserve(list.size());
  for (const Named& one : list)
    names.push_back(one.name);
  throw Misfit(unknown(noun, name, names));
}

// Does something follow the end of such a counterexample for ever?
bool may_have_loop(Verdict verdict, const ir::Property* property) {
  if (verdict == Verdict::livelock || verdict == Verdict::starvation) return true;
  return verdict == Verdict::violated && property != nullptr && ir::is_about_runs(property->kind);
}

// What means nothing for such a verdict is a mistake, or meant to deceive.
void check_keys(const report::SavedTrace& saved, Verdict verdict, const ir::Property* property) {
  const auto refuse = [&](const char* key) {
    throw Misfit(fmt::format("\"{}\" means nothing in a trace of {}", key, word(verdict)));
  };
  const bool has_loop = may_have_loop(verdict, property);
  if (saved.loop_from && !has_loop) refuse("loop_from");
  if (!saved.process.empty() && !has_loop) refuse("waiting");
  if (!saved.stranded.empty() && verdict != Verdict::deadlock) refuse("stranded");
}

std::string stands_at(const ir::Model& model,
                      const ir::Process& process,
                      const ir::Step& step,
                      const std::string& wanted) {
  return fmt::format("{} stands at {}, the trace says {}",
                     process.name,
                     excerpt(ir::step_name(model, step), 120),
                     excerpt(wanted, 120));
}

// Follows a trace through a model that it was not made for.
class Following {
 public:
  explicit Following(const ir::Model& model, const report::SavedTrace& saved) : model_(model) {
    result_.trace = saved;
    result_.trace.steps.clear();
    result_.trace.loop_from.reset();
    result_.state = ir::initial(model);
    since_.resize(model.processes.size());
    for (std::size_t i = 0; i < saved.steps.size() && !is_over_; ++i) {
      if (saved.loop_from == i) result_.trace.loop_from = result_.trace.steps.size();
      take(saved.steps[i], i + 1);
    }
  }

  Followed run() && { return std::move(result_); }

 private:
  void depart(std::size_t number, const std::string& why) {
    is_over_ = true;
    result_.departure = fmt::format("step {}: {}", number, why);
  }

  void take(const report::SavedStep& saved, std::size_t number) {
    const int p = index_of(model_.processes, saved.process, "process");
    const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
    const std::string wanted = saved.function + ": " + saved.phrase;
    const bool is_here = std::ranges::any_of(
        process.steps, [&](const ir::Step& step) { return ir::step_name(model_, step) == wanted; });
    if (!is_here) {
      result_.left_out.push_back(
          fmt::format("step {}: {}: {}", number, process.name, excerpt(wanted, 120)));
      return;
    }
    const int at = location(process, result_.state);
    if (at == process.finished())
      return depart(
          number,
          fmt::format(
              "{} has ended{}, the trace says {}", process.name, since(p), excerpt(wanted, 120)));
    const ir::Step& step = process.steps[static_cast<std::size_t>(at)];
    if (ir::step_name(model_, step) != wanted)
      return depart(number, stands_at(model_, process, step, wanted) + since(p));

    const auto way = way_of(step, saved);
    if (!way)
      return depart(number,
                    at_step(model_,
                            process,
                            at,
                            saved.note.empty() ? "the trace's way out of it cannot be taken"
                                               : excerpt(saved.note) + " cannot be taken"));
    const ir::Alternative& taken = step.alternatives[static_cast<std::size_t>(*way)];
    Firing firing = fire(model_, process, taken, result_.state);
    report::SavedStep done = saved;
    done.alternative = *way;
    result_.trace.steps.push_back(std::move(done));
    since_[static_cast<std::size_t>(p)] = fmt::format(" (since step {}: {}{})",
                                                      number,
                                                      saved.phrase,
                                                      taken.note.empty() ? "" : ": " + taken.note);
    if (firing.broken == nullptr && firing.error.empty()) {
      result_.state = std::move(firing.target);
      return;
    }
    // What breaks here may be what the trace is about.
    const bool is_meant =
        firing.broken != nullptr && firing.broken->property != ir::none &&
        model_.properties[static_cast<std::size_t>(firing.broken->property)].name ==
            result_.trace.property;
    is_over_ = true;
    if (is_meant) return;
    depart(number,
           at_step(
               model_, process, at, firing.broken != nullptr ? firing.broken->text : firing.error));
  }

  // The way with the note of the saved one that can be taken; the same number first.
  [[nodiscard]] std::optional<int> way_of(const ir::Step& step,
                                          const report::SavedStep& saved) const {
    std::optional<int> found;
    for (std::size_t a = 0; a < step.alternatives.size(); ++a) {
      const ir::Alternative& way = step.alternatives[a];
      if (way.note != saved.note || !is_enabled(way, result_.state)) continue;
      if (static_cast<int>(a) == saved.alternative) return saved.alternative;
      if (!found) found = static_cast<int>(a);
    }
    return found;
  }

  // When the process came to where it stands, and how.
  [[nodiscard]] const std::string& since(int process) const {
    return since_[static_cast<std::size_t>(process)];
  }

  const ir::Model& model_;
  Followed result_;
  std::vector<std::string> since_; // By process.
  bool is_over_ = false;
};

class Execution {
 public:
  explicit Execution(const ir::Model& model) : model_(model), state_(ir::initial(model)) {}

  Schedule schedule;

  [[nodiscard]] const ir::Valuation& state() const { return state_; }

  void take(const report::SavedStep& saved, bool is_last) {
    const int number = index_of(model_.processes, saved.process, "process");
    const ir::Process& process = model_.processes[static_cast<std::size_t>(number)];
    const int at = location(process, state_);
    if (at == process.finished()) throw Misfit(process.name + " has ended");

    const ir::Step& step = process.steps[static_cast<std::size_t>(at)];
    const std::string wanted = saved.function + ": " + saved.phrase;
    if (ir::step_name(model_, step) != wanted)
      throw Misfit(stands_at(model_, process, step, wanted));
    const auto& ways = step.alternatives;
    if (saved.alternative < 0 || static_cast<std::size_t>(saved.alternative) >= ways.size())
      throw Misfit(at_step(
          model_, process, at, fmt::format("there is no alternative {}", saved.alternative)));
    const auto& way = ways[static_cast<std::size_t>(saved.alternative)];
    if (!is_enabled(way, state_))
      throw Misfit(at_step(
          model_, process, at, fmt::format("alternative {} cannot be taken", saved.alternative)));

    schedule.push_back({number, saved.alternative});
    Firing firing = fire(model_, process, way, state_);
    const bool is_broken = firing.broken != nullptr || !firing.error.empty();
    if (is_broken && !is_last)
      throw Misfit(at_step(
          model_, process, at, firing.broken != nullptr ? firing.broken->text : firing.error));
    if (!is_broken) state_ = std::move(firing.target);
  }

 private:
  const ir::Model& model_;
  ir::Valuation state_;
};

} // namespace

Verdict verdict_of(const std::string& name) {
  std::vector<std::string> names;
  for (const Verdict verdict : verdicts) {
    if (word(verdict) == name) return verdict;
    names.push_back(word(verdict));
  }
  throw Misfit(unknown("verdict", name, names));
}

Followed followed(const ir::Model& model, const report::SavedTrace& saved) {
  return Following(model, saved).run();
}

Result executed(const ir::Model& model, const report::SavedTrace& saved) {
  Result result;
  result.is_shortest = false; // Whoever wrote it may say so; nothing here has looked.
  result.verdict = verdict_of(saved.verdict);
  if (!saved.property.empty() || names_property(result.verdict))
    result.property = index_of(model.properties, saved.property, "property");
  if (!saved.process.empty()) result.process = index_of(model.processes, saved.process, "process");
  for (const std::string& name : saved.stranded)
    result.stranded.push_back(index_of(model.processes, name, "process"));
  const ir::Property* property =
      result.property < 0 ? nullptr : &model.properties[static_cast<std::size_t>(result.property)];
  check_keys(saved, result.verdict, property);
  if (saved.loop_from && *saved.loop_from >= saved.steps.size())
    throw Misfit("its loop has no steps");

  Execution execution(model);
  for (std::size_t i = 0; i < saved.steps.size(); ++i) {
    try {
      execution.take(saved.steps[i], i + 1 == saved.steps.size());
    } catch (const Misfit& misfit) {
      throw Misfit(fmt::format("step {}: {}", i + 1, misfit.what()));
    }
  }
  result.schedule = std::move(execution.schedule);
  if (saved.loop_from) {
    const auto from = result.schedule.begin() + static_cast<std::ptrdiff_t>(*saved.loop_from);
    result.loop.assign(from, result.schedule.end());
    result.schedule.erase(from, result.schedule.end());
  }
  if (result.verdict != Verdict::violated && result.verdict != Verdict::latent) return result;

  // An assertion is broken by the last step; an invariant in the state after it.
  if (property->kind != ir::PropertyKind::invariant) return result;
  const auto broken = broken_part(model, execution.state());
  if (!broken || broken->property != result.property)
    throw Misfit(property->name + " holds at the end of the trace");
  result.part = broken->part;
  return result;
}

} // namespace stalemate::cli
