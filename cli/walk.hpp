#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli {

/// A run that grows step by step, by the definition of the semantics, and can be taken back.
class Walk {
 public:
  /// The model has to outlive it.
  explicit Walk(const ir::Model& model);

  [[nodiscard]] const ir::Model& model() const { return model_; }
  [[nodiscard]] const ir::Valuation& state() const { return states_.back(); }
  /// The state before the last step; the initial one if there is none.
  [[nodiscard]] const ir::Valuation& state_before() const;
  [[nodiscard]] const Schedule& schedule() const { return schedule_; }

  /// What can be done now, by process and alternative; nothing once something is broken.
  [[nodiscard]] std::vector<Decision> choices() const;
  /// Would it take a lock?
  [[nodiscard]] bool takes_lock(const Decision& decision) const;

  /// Takes one of the choices.
  void take(const Decision& decision);
  /// Takes the last step back; false if there is none.
  bool back();

  /// What is broken here, "no_lost_write: a read of ..."; empty if nothing is.
  [[nodiscard]] const std::string& broken() const { return broken_.back(); }
  /// Has everyone ended, or may they rest?
  [[nodiscard]] bool is_over() const;

  /// "writer0: iomap_write_begin: get and lock the folio / the folio is new"
  [[nodiscard]] std::string text(const Decision& decision) const;
  /// The same of a step that was taken.
  [[nodiscard]] std::string text_of_step(std::size_t number) const;

  /// The run as the counterexample that it is; nothing if it breaks nothing.
  [[nodiscard]] std::optional<Result> result() const;

 private:
  [[nodiscard]] std::string text(const Decision& decision, const ir::Valuation& from) const;
  [[nodiscard]] const ir::Alternative& way(const Decision& decision,
                                           const ir::Valuation& from) const;
  void look(const ir::Check* check, const std::string& error);

  const ir::Model& model_;
  Schedule schedule_;
  std::vector<ir::Valuation> states_;
  std::vector<std::string> broken_; ///< By state.
  std::vector<Result> results_;     ///< By state; holds: nothing is broken.
};

} // namespace stalemate::cli
