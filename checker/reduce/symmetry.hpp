#pragma once

#include "checker/program/program.hpp"
#include "checker/reduce/renaming.hpp"

#include <set>
#include <vector>

namespace stalemate {

/// The renamings that the model suggests and that are proved to map it onto itself. None if the
/// model claims something about runs.
[[nodiscard]] std::vector<Renaming> symmetries_of(const ir::Model& model, const Ranges& ranges);

/// Variables whose values one of them changes. What such a variable is set back to would be one
/// member of those that can change places.
[[nodiscard]] std::set<ir::VariableId> renamed_by(const std::vector<Renaming>& renamings);

/// Finds the symmetries of the program's model and enters them into the program:
/// Program::symmetry. States that differ only in who is who, among processes of one path or among
/// interchangeable objects, are one then.
///
/// The verdict on invariants, assertions and deadlocks stays; a deadlock in which others go on is
/// only suspected, since who is lost may change his name on the way. Counterexamples stay as long.
void find_symmetry(Program& program);

} // namespace stalemate
