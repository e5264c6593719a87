#include "checker/audit/footprints.hpp"

#include "checker/audit/sample.hpp"
#include "checker/program/definition.hpp"
#include "checker/program/footprint.hpp"

#include <algorithm>
#include <optional>

namespace stalemate {

namespace {

int& at(ir::Valuation& state, ir::Cell cell) {
  return state[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)];
}

std::vector<ir::Cell> all_cells(const ir::Model& model) {
  std::vector<ir::Cell> cells;
  for (std::size_t v = 0; v < model.variables.size(); ++v)
    for (int i = 0; i < model.variables[v].cells(); ++i)
      cells.push_back({static_cast<int>(v), i});
  return cells;
}

/// Both ends of a range and the neighbours of a value.
std::vector<int> other_values(const ir::Range& range, int value) {
  std::vector<int> values;
  for (const auto other : {range.low, range.high, std::int64_t{value} - 1, std::int64_t{value} + 1})
    if (other != value && range.contains(other)) values.push_back(static_cast<int>(other));
  return values;
}

/// What an alternative does, as far as its footprint says that it decides itself.
struct Outcome {
  bool enabled = false;
  const ir::Check* broken = nullptr;
  std::string error;
  std::vector<int> written;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

class FootprintAudit {
 public:
  FootprintAudit(const ir::Model& model, Effort& effort)
      : model_(model), effort_(effort), cells_(all_cells(model)) {}

  void look(const ir::Valuation& state, Decision decision) {
    const auto [process, alternative] = meant_by(model_, state, decision);
    const Footprint footprint = resolved_footprint(model_, process, alternative, state);
    const Footprint wide = static_footprint(process, alternative);
    const auto complain = [&](const std::string& what) {
      complaints_.push_back(text_of(model_, state, decision) + ": " + what);
    };
    if (!std::ranges::includes(wide.read, footprint.read) ||
        !std::ranges::includes(wide.enabled, footprint.enabled) ||
        !std::ranges::includes(wide.written, footprint.written))
      complain("its resolved footprint is not part of its static one");

    const Outcome outcome = run(process, alternative, footprint, state);
    if (const auto cell = written_outside(process, alternative, footprint, state))
      complain("writes " + name(*cell) + ", which is not in its footprint");

    ir::Valuation other = state;
    for (const ir::Cell& cell : cells_) {
      const auto& read = outcome.enabled ? footprint.read : footprint.enabled;
      if (read.contains(cell)) continue;
      const int value = at(other, cell);
      for (const int changed : other_values(range(cell), value)) {
        at(other, cell) = changed;
        effort_.compared();
        if (run(process, alternative, footprint, other) != outcome)
          complain("notices " + name(cell) + ", which is not in its footprint");
      }
      at(other, cell) = value;
    }
  }

  [[nodiscard]] std::vector<std::string> complaints() && { return std::move(complaints_); }

 private:
  [[nodiscard]] Outcome run(const ir::Process& process,
                            const ir::Alternative& alternative,
                            const Footprint& footprint,
                            const ir::Valuation& state) const {
    Outcome outcome;
    outcome.enabled = is_enabled(alternative, state);
    if (!outcome.enabled) return outcome;
    Firing firing = fire(model_, process, alternative, state);
    outcome.broken = firing.broken;
    outcome.error = firing.error;
    if (firing.broken == nullptr && firing.error.empty())
      for (const ir::Cell& cell : footprint.written)
        outcome.written.push_back(at(firing.target, cell));
    return outcome;
  }

  [[nodiscard]] std::optional<ir::Cell> written_outside(const ir::Process& process,
                                                        const ir::Alternative& alternative,
                                                        const Footprint& footprint,
                                                        const ir::Valuation& state) const {
    if (!is_enabled(alternative, state)) return std::nullopt;
    Firing firing = fire(model_, process, alternative, state);
    if (firing.broken != nullptr || !firing.error.empty()) return std::nullopt;
    ir::Valuation before = state;
    for (const ir::Cell& cell : cells_)
      if (at(before, cell) != at(firing.target, cell) && !footprint.written.contains(cell))
        return cell;
    return std::nullopt;
  }

  [[nodiscard]] const ir::Range& range(ir::Cell cell) const {
    return model_.variables[static_cast<std::size_t>(cell.variable)].range;
  }
  [[nodiscard]] std::string name(ir::Cell cell) const {
    return ir::cell_name(model_.variables[static_cast<std::size_t>(cell.variable)], cell.index);
  }

  const ir::Model& model_;
  Effort& effort_;
  std::vector<ir::Cell> cells_;
  std::vector<std::string> complaints_;
};

} // namespace

std::vector<std::string> audit_footprints(const ir::Model& model, Effort& effort) {
  FootprintAudit audit(model, effort);
  for (const ir::Valuation& state : first_states(model, effort)) {
    if (!effort.goes_on()) break;
    for (const Decision decision : alternatives_at(model, state))
      audit.look(state, decision);
  }
  return std::move(audit).complaints();
}

} // namespace stalemate
