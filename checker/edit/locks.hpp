// What the steps of a process do with locks, and the same steps without it.
#pragma once

#include "checker/ir/model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace stalemate::edit {

/// A lock of a model: the variable that holds 0 or 1 + who has it alone, and, of a shared lock, the
/// flags of those who have it together.
struct Lock {
  ir::VariableId holder = ir::none;
  ir::VariableId readers = ir::none; ///< ir::none if it is never shared.
  std::optional<ir::CellIndex> cell; ///< Of an array of locks this one only; all if absent.
  ir::ExpressionPtr index =
      nullptr; ///< Or the one that an expression chooses, to take and release.
};

/// The lock of this name: `inode.i_rwsem`, `folio[0].lock`, or `folio.lock` for all of an array.
/// Throws UnknownName.
[[nodiscard]] Lock lock_named(const ir::Model& model, const std::string& name);

/// The names that lock_named() knows.
[[nodiscard]] std::vector<std::string> lock_names(const ir::Model& model);

/// Does the way take the lock, or one of them; does it give one back?
[[nodiscard]] bool takes(const ir::Alternative& way, const Lock& lock, int process);
[[nodiscard]] bool releases(const ir::Alternative& way, const Lock& lock, int process);

/// The locks that the way waits for and then holds.
[[nodiscard]] std::vector<Lock> locks_taken(const ir::Model& model, const ir::Alternative& way);

/// The way neither waits for the lock nor takes it, nor gives it back. Throws EditError if it is
/// not known which of an array it takes.
void forget(ir::Alternative& way, const Lock& lock, int process);

/// Where the process has the lock the way gives it back, as it did; elsewhere it does nothing.
void release_if_held(const ir::Model& model, ir::Alternative& way, const Lock& lock, int process);

/// What taking and giving back the lock by a process is, as the notation for paths records it.
[[nodiscard]] ir::Alternative
taking(const ir::Model& model, const Lock& lock, bool shared, int process);
[[nodiscard]] ir::Alternative
releasing(const ir::Model& model, const Lock& lock, bool shared, int process);

} // namespace stalemate::edit
