#pragma once

#include "checker/ir/process.hpp"
#include "checker/ir/property.hpp"
#include "checker/ir/scalarset.hpp"
#include "checker/ir/variable.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace stalemate::ir {

/// A model that cannot be checked. The message names the variable, or the process and the step.
class InvalidModel : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A finite, explicit model: everything that the search, the reports and the exports read.
struct Model {
  std::string name;
  std::vector<Variable> variables;
  std::vector<Function> functions;
  std::vector<Process> processes;
  std::vector<Property> properties;
  std::vector<Scalarset> scalarsets; ///< The first is `all_processes`.
  std::vector<std::string> edits;    ///< How it differs from what was recorded, a line for each.
};

/// Values of all variables, by variable and cell: one state in a form that is easy to read.
using Valuation = std::vector<std::vector<int>>;

/// The state in which every process stands at its first step.
[[nodiscard]] Valuation initial(const Model& model);

/// The step's key: "iomap_write_begin: get and lock the folio".
[[nodiscard]] std::string step_name(const Model& model, const Step& step);

/// The assignment as a reader would write it: `folio[0].dirty = no`. language::parse_assignment()
/// reads it back.
[[nodiscard]] std::string text(const Model& model, const Effect& effect);

/// Does the model have a property that is only a warning?
[[nodiscard]] bool has_warnings(const Model& model);

/// The model without the checks of its warnings. Its properties keep their numbers.
[[nodiscard]] Model without_warnings(Model model);

} // namespace stalemate::ir
