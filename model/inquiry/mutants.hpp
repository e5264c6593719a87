// Every way of leaving something out of the paths of a model, or of doing it otherwise, one at a
// time. A claim that is worth something notices.
#pragma once

#include "checker/ir/model.hpp"
#include "model/own/own.hpp"

#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel::inquiry {

/// One mutation of a path. Its name is the same in every scenario that has the step.
struct Mutant {
  std::string path;
  std::string step; ///< "iomap_write_begin: get and lock the folio"; empty: the whole path.
  std::string edit; ///< "without folio.lock", "passed by", "always: the copy comes back short"
  std::vector<own::Edit> edits;            ///< The same in this scenario, process by process.
  std::vector<std::pair<int, int>> places; ///< Processes and steps that it changes.
};

/// All of them, by path and step: a lock that the path does not take; a step that does not happen,
/// a wait that is skipped and a test that is passed by; one of its ways taken always; an effect
/// that is forgotten; other processes between two effects of a step; a step behind the one that
/// follows it. What is only there for claims is left alone, and so is what nobody reads, and a step
/// that does nothing.
[[nodiscard]] std::vector<Mutant> mutants(const ir::Model& model);

/// By variable of the model: does what is changed read or write it? All, of a lock: what it
/// protects is what happens as long as it is held.
[[nodiscard]] std::vector<bool> touched(const ir::Model& model, const Mutant& mutant);

} // namespace stalemate::kernel::inquiry
