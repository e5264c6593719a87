#pragma once

#include "checker/ir/model.hpp"

namespace stalemate::ir {

/// Throws InvalidModel if the model cannot be checked: empty ranges, values outside 32 bits,
/// initial values out of range, indexes that can leave their array, effects that can never stay in
/// range, steps that no one can reach, two steps of one name, jumps to nowhere, a step that depends
/// on a ghost. Every front end calls it once, when a model is finished.
void validate(const Model& model);

/// The same for the steps of one process.
void validate(const Model& model, const Process& process);

} // namespace stalemate::ir
