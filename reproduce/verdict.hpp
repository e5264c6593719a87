// What the guest printed, as an answer.
#pragma once

#include "reproduce/kernel_map.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::reproduce {

/// The runs of one kind.
struct Outcome {
  int runs = 0;
  int corrupted = 0;
  std::string found = {}; ///< Of the first corrupted one: "where=disk size=4096 at=2048 ...".
};

/// Everything that the guest said.
struct Report {
  std::string kernel = {};
  Outcome gated, free;
  int passed_all = 0; ///< Gated runs in which the whole schedule was passed.
  int abandoned = 0;  ///< Those in which it was given up.
  int items = 0;      ///< Of the schedule, without what the kernel has no gate for.
  std::map<std::string, int> fired = {}; ///< By function of a check the runs in which it did.
  std::map<std::string, std::string> refused = {}; ///< Functions without a gate, and why.
  std::vector<std::string> early = {}; ///< Interrupts that come earlier than the schedule wants.
  std::vector<std::string> notes = {}; ///< Where the programs are not quite the paths.
  std::string departure = {}; ///< Where the model of this kernel cannot follow the trace; or empty.
  std::map<std::string, int> skipped = {}; ///< Items that the kernel went on without.
  std::vector<std::string> stuck = {};     ///< Of the first abandoned run, one line for each.
  std::vector<std::string> broken = {};    ///< What went wrong in the guest itself.
  bool is_booted = false;                  ///< All was built, and the machine switched on.
  bool is_complete = false;                ///< It came to its end.
};

[[nodiscard]] Report read_report(std::string_view printed, const KernelMap& map);

/// What a guest with several races printed of each, by its name there; with what came before all.
[[nodiscard]] std::map<std::string, std::string> parts_of(const std::string& printed);

/// "corrupted 10 of 10", "intact in 3 of 3 runs: the kernel's check fired".
[[nodiscard]] std::string headline(const Report& report);

/// What was found, or what kept the kernel from it; may be empty. One line.
[[nodiscard]] std::string why(const Report& report, const KernelMap& map);

/// "corrupted 10 of 10: bytes from 2048 on are 00 instead of 41 ...", and what else there is to
/// say.
[[nodiscard]] std::vector<std::string> answer(const Report& report, const KernelMap& map);

} // namespace stalemate::reproduce
