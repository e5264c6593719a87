#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"
#include "model/scenario/subsystem.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// A value of a knob that it does not have if nothing is said.
struct Setting {
  const Knob* knob = nullptr;
  int value = 0;
};

/// All that a subsystem has; of a number only the lowest and highest values.
[[nodiscard]] std::vector<Setting> settings_of(const Subsystem& subsystem);

/// Layout and processes of a scenario of the library, perhaps with one process more, in a kernel
/// that says all that is turned.
struct Row {
  std::string base;                       ///< "R1#valid"
  std::string more = {};                  ///< "mmap_write,at=1,fails=1", or nothing.
  std::map<std::string, int> kernel = {}; ///< By knob, as in Scenario.
};

/// The scenarios of the library whose layout and processes differ.
class Bases {
 public:
  explicit Bases(const Subsystem& subsystem);

  [[nodiscard]] const std::vector<Scenario>& scenarios() const { return scenarios_; }
  /// Processes that run the path somewhere in the library, for Row::more.
  [[nodiscard]] std::vector<std::string> processes_of(const std::string& path) const;
  /// Nothing if the library does not have them any more.
  [[nodiscard]] std::optional<Scenario> scenario_of(const Row& row) const;

 private:
  std::vector<Scenario> scenarios_;
  std::map<std::string, std::size_t> by_title_;
  std::map<std::string, ProcessSpec> processes_; ///< By Row::more.
};

/// Its model, or why there is none.
struct Built {
  std::optional<ir::Model> model;
  std::string reason = {};
  std::string pointer = {};
};
[[nodiscard]] Built built(const Scenario& scenario);

/// Which two settings have been together in a row.
class Together {
 public:
  explicit Together(const Subsystem& subsystem);

  [[nodiscard]] const std::vector<Setting>& settings() const { return settings_; }
  void add(const Row& row);
  /// Pairs that this row has and no other had.
  [[nodiscard]] int gain_of(const Row& row) const;
  [[nodiscard]] bool have_met(std::size_t one, std::size_t other) const;
  /// Those of the row, by their index.
  [[nodiscard]] std::vector<std::size_t> in(const Row& row) const;

 private:
  std::vector<Setting> settings_;
  std::vector<std::vector<bool>> met_;
};

/// "zeroing, hole_check": how many of their values were never together; by why, where that is
/// known.
using Apart = std::map<std::string, std::map<std::string, int>>;

struct Covering {
  std::vector<Row> rows;
  Apart apart;
};

/// As a file holds it.
[[nodiscard]] std::string text_of(const Covering& covering, const Subsystem& subsystem);
[[nodiscard]] Covering covering_from(const std::string& text, const Subsystem& subsystem);

} // namespace stalemate::kernel
