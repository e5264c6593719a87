// The state machine of a process in words: what text and picture of it say alike.
#pragma once

#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate::report {

/// One way out of a step.
struct Way {
  std::string condition; ///< "the folio is new: when !folio[0].present"; empty if nothing holds it.
  std::vector<std::string> effects; ///< "takes folio[0].lock", "folio[0].present = yes"
  int next = 0;                     ///< Number of a step, or of steps if the process ends.
};

struct MachineStep {
  int number = 0; ///< In the process, from 0 on.
  std::string phrase;
  bool idle = false;
  std::vector<Way> ways;
};

/// Steps of one kernel function that follow each other.
struct MachineBlock {
  std::string function;
  std::string file; ///< Of the kernel.
  std::vector<MachineStep> steps;
};

struct Machine {
  std::string title; ///< "buffered_write: 7 steps, run by writer0 and writer1"
  std::vector<MachineBlock> blocks;
  int finished = 0; ///< The number that means the end.
};

/// Do both run the same path, and the same steps of it? Threads of a recorded protocol share the
/// path only.
[[nodiscard]] bool is_same_machine(const ir::Process& one, const ir::Process& other);

/// Describes a process; its own variables go without its name.
[[nodiscard]] Machine machine(const ir::Model& model, int process);

/// Where a way leads, as a reader counts steps: "6", "end".
[[nodiscard]] std::string target_text(const Machine& machine, int next);

} // namespace stalemate::report
