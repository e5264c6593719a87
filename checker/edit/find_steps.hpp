// Steps by the names that traces print.
#pragma once

#include "checker/ir/model.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace stalemate::edit {

/// A step of a process, or one way through it.
struct Site {
  int process = 0;
  int step = 0;
  int way = ir::none; ///< Index of the alternative; ir::none if the whole step was named.

  friend bool operator==(const Site&, const Site&) = default;
};

/// No step, way, path or process is called so.
class UnknownName : public std::runtime_error {
 public:
  UnknownName(const std::string& what, const std::string& word, std::vector<std::string> words)
      : std::runtime_error("unknown " + what + " " + word), noun(what), name(word),
        known(std::move(words)) {}

  std::string noun; ///< "step", "way through the step", "process or path"
  std::string name;
  std::vector<std::string> known;
};

/// Every place that `name` means: "function: phrase", the phrase alone where only one function has
/// it, either followed by " / " and the name of a way. `in` is a process or a path; empty for all.
/// In the order of processes and steps; never empty. Throws UnknownName, and EditError for a phrase
/// that several functions have.
[[nodiscard]] std::vector<Site>
find_steps(const ir::Model& model, const std::string& name, const std::string& in = "");

/// The numbers of the processes that `in` names: one process, or all of a path; empty for all.
/// Throws UnknownName.
[[nodiscard]] std::vector<int> find_processes(const ir::Model& model, const std::string& in);

} // namespace stalemate::edit
