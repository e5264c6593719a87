// What can be named in an expression about a model: its variables and its processes.
#pragma once

#include "checker/ir/model.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

/// All cells of a variable in one.
struct StateEntry {
  std::string name;                 ///< "folio[0..1].dirty"
  std::vector<std::string> words;   ///< Of its values, in their order; empty for numbers.
  ir::Range range;                  ///< Of its values.
  std::vector<std::string> initial; ///< By cell; a single one if all cells are alike.
  std::string owner;                ///< The process that alone writes it; empty if it is shared.
  bool is_ghost = false;            ///< For claims only.
  std::string stands_for;           ///< "process", of which the values are numbers; may be empty.
};

/// Everything but where processes stand, in the order of declaration.
[[nodiscard]] std::vector<StateEntry> state_entries(const ir::Model& model);

/// For people: what is shared, what claims only may read, what each process has for itself.
/// `scenario` is how the command line names the model.
void write_state_text(const ir::Model& model, const std::string& scenario, std::ostream& out);

/// {"variables": [{"name", "values" or "range", "initial", "owner", "ghost", "stands_for"}],
///  "processes": [{"name", "path", "steps": ["function: phrase"]}]}
void write_state_json(const ir::Model& model, std::ostream& out);

} // namespace stalemate::report
