// All small scenarios of a subsystem, the cheap ones first: every layout that can exist, and every
// set of processes on it, in which a process may be there several times and their order counts for
// nothing.
#pragma once

#include "model/scenario/scenario.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/scenario/variety.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::kernel::inquiry {

/// Which scenarios are meant.
struct Bounds {
  int processes = 3;                      ///< At most.
  int size = 1;                           ///< Of the layout, at most, in its own unit.
  std::vector<std::string> paths;         ///< That run; empty: all that a scenario can list.
  std::vector<std::string> together = {}; ///< Paths that are all there in each.
  Varied varied = {};
};

/// A layout that can exist, and what can run on it.
struct Ground {
  SmallLayout layout;
  std::any read; ///< As the subsystem reads it.
  int size = 0;
  std::vector<ProcessSpec> choices; ///< Every process that a scenario may have: daemons first.
  std::size_t daemons = 0;          ///< How many of them are; a scenario has each once at most.
};

/// One scenario, by numbers.
struct Pick {
  std::size_t ground = 0;
  std::vector<std::size_t> choices; ///< Ascending.
};

class Enumeration {
 public:
  /// `base` says what all scenarios have in common: kernel, claims, edits. Throws InputError for
  /// bounds that name what is not there.
  Enumeration(const Scenario& base, const Bounds& bounds);

  [[nodiscard]] const std::vector<Ground>& grounds() const { return grounds_; }
  /// Layouts that the model refuses, since they cannot exist.
  [[nodiscard]] std::size_t refused_layouts() const { return refused_layouts_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }

  /// The next one, or nothing behind the last.
  [[nodiscard]] std::optional<Pick> next();

  [[nodiscard]] Scenario scenario(const Pick& pick) const;
  /// The same as a file, which says no more than it must. `common` is what all say, as JSON.
  [[nodiscard]] std::string text(const Pick& pick, const Json& common) const;

 private:
  void add_layouts(int size);
  void add_numbers(std::vector<SmallLayout>& layouts) const;
  [[nodiscard]] bool can_exist(const std::any& layout) const;
  [[nodiscard]] std::vector<ProcessSpec> choices(const Json& section, std::size_t& daemons) const;
  [[nodiscard]] bool is_wanted(const Pick& pick) const;
  bool step(Pick& pick);

  const Scenario& base_;
  const Subsystem& subsystem_;
  const Variety* variety_;
  Bounds bounds_;
  std::vector<PathEntry> paths_; ///< That may run, daemons first.
  std::vector<Ground> grounds_;
  std::size_t refused_layouts_ = 0;
  std::uint64_t count_ = 0;
  std::optional<Pick> at_; ///< The one that was given last.
  bool is_over_ = false;
};

} // namespace stalemate::kernel::inquiry
