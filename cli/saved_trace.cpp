#include "cli/saved_trace.hpp"

#include "checker/program/definition.hpp"
#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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

Verdict verdict_of(const std::string& name) {
  std::vector<std::string> names;
  for (const Verdict verdict : verdicts) {
    if (word(verdict) == name) return verdict;
    names.push_back(word(verdict));
  }
  throw Misfit(unknown("verdict", name, names));
}

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
      throw Misfit(fmt::format("{} stands at {}, the trace says {}",
                               process.name,
                               excerpt(ir::step_name(model_, step), 120),
                               excerpt(wanted, 120)));
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

Result executed(const ir::Model& model, const report::SavedTrace& saved) {
  Result result;
  result.is_shortest = false; // Whoever wrote it may say so; nothing here has looked.
  result.verdict = verdict_of(saved.verdict);
  if (!saved.property.empty() || names_property(result.verdict))
    result.property = index_of(model.properties, saved.property, "property");
  if (!saved.process.empty()) result.process = index_of(model.processes, saved.process, "process");
  for (const std::string& name : saved.stranded)
    result.stranded.push_back(index_of(model.processes, name, "process"));
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
  const auto& property = model.properties[static_cast<std::size_t>(result.property)];
  if (property.kind != ir::PropertyKind::invariant) return result;
  const auto broken = broken_part(model, execution.state());
  if (!broken || broken->property != result.property)
    throw Misfit(property.name + " holds at the end of the trace");
  result.part = broken->part;
  return result;
}

} // namespace stalemate::cli
