// A folder in which a counterexample can be run again and again, without us: ./run.sh KERNEL.
#pragma once

#include "reports/trace_json.hpp"
#include "reproduce/kernel_map.hpp"
#include "reproduce/schedule.hpp"

#include <map>
#include <string>
#include <vector>

namespace stalemate::reproduce {

/// How often what is run, and with which functions forced: "xfs_iomap_valid=1".
struct Runs {
  int gated = 10;
  int free = 200;
  int spread_us = 500; ///< How far apart the processes of a free run start.
  std::vector<std::string> forced = {};
};

/// What goes into the folder: name and text of each file.
struct File {
  std::string name;
  std::string text;
  bool is_program = false;
};

/// What every guest needs, whatever it runs. `kit` is the folder `reproduce` of the program.
[[nodiscard]] std::vector<File> guest_files(const std::string& kit);

/// `kit` is the folder `reproduce` of the program, `looks` are of oracles.json. Throws Refusal for
/// what cannot be run.
[[nodiscard]] std::vector<File> files_of(const std::string& name,
                                         const report::SavedTrace& trace,
                                         const std::vector<std::string>& looks,
                                         const Schedule& schedule,
                                         const KernelMap& map,
                                         const Runs& runs,
                                         const std::string& kit);

/// The plain program in one file: what it includes of `headers`, by name, is in it, and what is for
/// gates is not.
[[nodiscard]] std::string stress_program(const std::string& race,
                                         const std::map<std::string, std::string>& headers);

/// Writes them. Throws Refusal if it cannot.
void write_files(const std::vector<File>& files, const std::string& folder);

/// The text of a file of the kit. Throws Refusal.
[[nodiscard]] std::string kit_text(const std::string& kit, const std::string& name);

} // namespace stalemate::reproduce
