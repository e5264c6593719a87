// What the names of a text stand for in a model.
#pragma once

#include "checker/language/grammar.hpp"
#include "checker/language/parse.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stalemate::language {

/// A process and one of its steps.
using Stand = std::pair<int, int>;

/// Looks up what a scope knows.
class Names {
 public:
  explicit Names(const Scope& scope) : scope_(scope) {}

  /// The variable that a name means, without its brackets; null if there is none.
  [[nodiscard]] const ir::Variable* find(const Node& name) const;
  /// The same, or UnknownWord.
  [[nodiscard]] const ir::Variable& variable(const Node& name) const;
  /// Refuses to say where processes stand, unless the scope allows it.
  void require_where(std::size_t offset) const;
  [[nodiscard]] ir::VariableId id(const ir::Variable& variable) const;

  /// Every name that can be said here, as lists show it: "folio.dirty", "pos".
  [[nodiscard]] std::vector<std::string> variables() const;

  /// The process that a name or a string means; `self` is that of the scope.
  [[nodiscard]] int process(const Node& node) const;

  /// What a lone word says: `hole`, "read-only", and for `self` the name of the process; nothing if
  /// the node is no lone word.
  [[nodiscard]] std::optional<std::string> word(const Node& node) const;

  /// Where the step of this name stands in the path of a process, or of any (ir::none).
  [[nodiscard]] std::vector<Stand> steps(const Node& name, int process) const;

  /// The rows of the arrays of an object: 2 for folio[0..1]. Throws if there are none, or if they
  /// differ.
  [[nodiscard]] int rows(const Node& object) const;

  [[nodiscard]] const ir::Model& model() const { return scope_.model; }

 private:
  [[nodiscard]] const ir::Variable* find(const std::string& name) const;

  const Scope& scope_;
};

} // namespace stalemate::language
