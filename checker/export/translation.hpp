#pragma once

#include "checker/export/expression_text.hpp"
#include "checker/export/names.hpp"
#include "checker/ir/model.hpp"

#include <string>
#include <utility>
#include <vector>

namespace stalemate {

/// What exports to different languages have in common: the names of everything, and the
/// expressions.
class Translation {
 public:
  /// `names` knows the words of the language. Throws ir::InvalidModel if the model cannot be
  /// exported.
  Translation(const ir::Model& model, const Dialect& dialect, Names words);

  const ir::Model& model;
  Names names;
  ExpressionText expressions;
  std::vector<std::string> processes;
  std::vector<std::string> properties;
  /// Names of values that mean the same everywhere in the model, in order of value.
  std::vector<std::pair<std::string, int>> constants;
  bool has_min = false; ///< Some expression takes a minimum.
  bool has_max = false;

  /// Index of the property of this kind, or ir::none.
  [[nodiscard]] int property_of(ir::PropertyKind kind) const;

  /// The guard and everything that has to be waited for.
  [[nodiscard]] static ir::ExpressionPtr enabled(const ir::Alternative& way);
  /// True if the effect can leave the variable's range.
  [[nodiscard]] bool may_leave(const ir::Effect& effect) const;
  /// Whether only this process reads and writes the variable.
  [[nodiscard]] bool is_private(ir::VariableId variable, int process) const;
  /// "iomap_write_begin: get and lock the folio", and what sets the alternative apart.
  [[nodiscard]] std::string title(const ir::Step& step) const;
  /// "folio.dirty: 0..1, free, writer0, flusher", for a comment next to the declaration.
  [[nodiscard]] std::string about(const ir::Variable& variable) const;

 private:
  void name_values();
  void look_around();
  void read(const ir::ExpressionPtr& expression, int reader);

  static constexpr int nobody = -2;
  static constexpr int several = -1; ///< Or a property.
  std::vector<int> readers_;         ///< By variable: the process that reads it.
};

} // namespace stalemate
