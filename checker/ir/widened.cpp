#include "checker/ir/widened.hpp"

#include "checker/ir/validate.hpp"

#include <utility>
#include <vector>

namespace stalemate::ir {

namespace {

class Widening {
 public:
  Widening(const Model& model, int high) : declared_(model), model_(model), high_(high) {}

  std::optional<Model> run() && {
    bool gains = false;
    for (Variable& variable : model_.variables)
      if (variable.endless && variable.range.high < high_) {
        variable.range.high = high_;
        gains = true;
      }
    if (!gains) return std::nullopt;
    try {
      make_room();
      rebuild();
      validate(model_);
    } catch (const InvalidModel&) {
      return std::nullopt;
    }
    return std::move(model_);
  }

 private:
  /// What could hold every value that is assigned to it can do so still.
  void make_room() {
    for (bool is_settled = false; !is_settled;) {
      is_settled = true;
      for (const Process& process : declared_.processes)
        for (const Step& step : process.steps)
          for (const Alternative& alternative : step.alternatives)
            for (const Effect& effect : alternative.effects)
              if (is_too_large(effect)) {
                model_.variables[static_cast<std::size_t>(effect.variable)].range.high = high_;
                is_settled = false;
              }
    }
  }

  [[nodiscard]] bool is_too_large(const Effect& effect) const {
    const auto variable = static_cast<std::size_t>(effect.variable);
    const Range declared = declared_.variables[variable].range;
    const Range range = model_.variables[variable].range;
    const Range value = rebuilt(effect.value)->range;
    return declared.contains(effect.value->range) && range.high < high_ && range.high < value.high;
  }

  void rebuild() {
    for (Process& process : model_.processes)
      for (Step& step : process.steps)
        for (Alternative& alternative : step.alternatives)
          rebuild(alternative);
    for (Property& property : model_.properties) {
      for (Part& part : property.parts) {
        part.holds = rebuilt(part.holds);
        rebuild(part.values);
      }
      property.cause = rebuilt(property.cause);
      property.goal = rebuilt(property.goal);
    }
  }

  void rebuild(Alternative& alternative) const {
    alternative.guard = rebuilt(alternative.guard);
    for (Wait& wait : alternative.waits) {
      wait.until = rebuilt(wait.until);
      wait.place = rebuilt(wait.place);
      rebuild(wait.holders);
    }
    for (Check& check : alternative.checks)
      check.holds = rebuilt(check.holds);
    for (Effect& effect : alternative.effects) {
      effect.index = rebuilt(effect.index);
      effect.value = rebuilt(effect.value);
    }
  }

  void rebuild(std::vector<ExpressionPtr>& all) const {
    for (ExpressionPtr& e : all)
      e = rebuilt(e);
  }

  [[nodiscard]] ExpressionPtr rebuilt(const ExpressionPtr& e) const {
    if (!e) return e;
    if (e->written) {
      const ExpressionPtr again = rebuilt(e->written);
      return again == e->written ? e : again;
    }
    std::vector<ExpressionPtr> operands;
    for (const ExpressionPtr& operand : e->operands)
      operands.push_back(rebuilt(operand));
    if (e->op == Op::load) {
      const Range range = model_.variables[static_cast<std::size_t>(e->value)].range;
      if (range == e->range && operands == e->operands) return e;
      return load(e->value, range, operands.empty() ? nullptr : operands[0]);
    }
    return operands == e->operands ? e : combine(e->op, std::move(operands));
  }

  const Model& declared_;
  Model model_;
  int high_;
};

} // namespace

std::optional<Model> widened(const Model& model, int high) {
  return Widening(model, high).run();
}

} // namespace stalemate::ir
