#include "cli/walk.hpp"

#include "checker/program/definition.hpp"
#include "checker/result/enabled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::cli {

namespace {

Result nothing_broken() {
  Result result;
  result.verdict = Verdict::holds;
  result.is_shortest = false;
  return result;
}

} // namespace

Walk::Walk(const ir::Model& model) : model_(model), states_{ir::initial(model)} {
  look(nullptr, "");
}

const ir::Valuation& Walk::state_before() const {
  return states_.size() < 2 ? states_.back() : states_[states_.size() - 2];
}

const ir::Alternative& Walk::way(const Decision& decision, const ir::Valuation& from) const {
  const ir::Process& process = model_.processes[static_cast<std::size_t>(decision.process)];
  return process.steps[static_cast<std::size_t>(location(process, from))]
      .alternatives[static_cast<std::size_t>(decision.alternative)];
}

std::vector<Decision> Walk::choices() const {
  return broken().empty() ? enabled(model_, state()) : std::vector<Decision>{};
}

bool Walk::takes_lock(const Decision& decision) const {
  return std::ranges::any_of(way(decision, state()).waits, &ir::Wait::acquires);
}

void Walk::take(const Decision& decision) {
  const ir::Process& process = model_.processes[static_cast<std::size_t>(decision.process)];
  const int at = location(process, state());
  Firing firing = fire(model_, process, way(decision, state()), state());
  const bool is_broken = firing.broken != nullptr || !firing.error.empty();
  schedule_.push_back(decision);
  states_.push_back(is_broken ? state() : std::move(firing.target));
  look(firing.broken, firing.error.empty() ? "" : at_step(model_, process, at, firing.error));
}

bool Walk::back() {
  if (schedule_.empty()) return false;
  schedule_.pop_back();
  states_.pop_back();
  broken_.pop_back();
  results_.pop_back();
  return true;
}

void Walk::look(const ir::Check* check, const std::string& error) {
  Result result = nothing_broken();
  std::string text = error;
  const auto name = [&](int property) {
    return model_.properties[static_cast<std::size_t>(property)].name;
  };
  if (check != nullptr && check->property != ir::none) {
    result.verdict = Verdict::violated;
    result.property = check->property;
    text = fmt::format("{}: {}", name(check->property), check->text);
  } else if (check != nullptr || !error.empty()) {
    result.verdict = Verdict::model_error;
    if (check != nullptr) text = check->text;
  } else if (const auto part = broken_part(model_, state())) {
    result.verdict = Verdict::violated;
    result.property = part->property;
    result.part = part->part;
    const auto& broken = model_.properties[static_cast<std::size_t>(part->property)];
    text = fmt::format("{}: it claims \"{}\"", broken.name, broken.claim);
  }
  broken_.push_back(std::move(text));
  results_.push_back(std::move(result));
  if (results_.back().verdict != Verdict::holds || !choices().empty() || is_over()) return;
  const auto no_deadlock =
      std::ranges::find(model_.properties, ir::PropertyKind::no_deadlock, &ir::Property::kind);
  if (no_deadlock == model_.properties.end()) return;
  results_.back().verdict = Verdict::deadlock;
  results_.back().property = static_cast<int>(no_deadlock - model_.properties.begin());
}

bool Walk::is_over() const {
  return std::ranges::all_of(
      model_.processes, [&](const ir::Process& process) { return is_at_rest(process, state()); });
}

std::string Walk::text(const Decision& decision, const ir::Valuation& from) const {
  const ir::Process& process = model_.processes[static_cast<std::size_t>(decision.process)];
  const ir::Step& step = process.steps[static_cast<std::size_t>(location(process, from))];
  const std::string& note = step.alternatives[static_cast<std::size_t>(decision.alternative)].note;
  return fmt::format(
      "{}: {}{}{}", process.name, ir::step_name(model_, step), note.empty() ? "" : " / ", note);
}

std::string Walk::text(const Decision& decision) const {
  return text(decision, state());
}

std::string Walk::text_of_step(std::size_t number) const {
  return text(schedule_[number], states_[number]);
}

std::optional<Result> Walk::result() const {
  Result result = results_.back();
  if (result.verdict == Verdict::holds) return std::nullopt;
  result.schedule = schedule_;
  return result;
}

} // namespace stalemate::cli
