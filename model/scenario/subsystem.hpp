#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/knob.hpp"
#include "model/scenario/path_entry.hpp"
#include "model/scenario/property_entry.hpp"
#include "model/scenario/shape.hpp"

#include <nlohmann/json_fwd.hpp>

#include <any>
#include <functional>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// A part of the kernel whose paths share objects, described by itself. A scenario is about one
/// subsystem; which one, its layout section says. Nothing outside the subsystem's folder knows what
/// is in a layout.
struct Subsystem {
  std::string name;    ///< The name of its folder: iomap.
  std::string section; ///< The scenario's section with its layout: file.
  std::string text;    ///< What the section says, one line, no full stop.
  Shape layout;
  std::vector<Knob> knobs;
  std::vector<PathEntry> paths;
  std::vector<PropertyEntry> properties;

  /// Takes a section that fits `layout`; the result is for `build`.
  std::function<std::any(const nlohmann::ordered_json&)> read_layout;
  /// The smallest layout on which every path can run: what `show` shows a path on.
  std::function<std::any()> small_layout;
  /// Throws ScenarioError for what the model cannot express or what cannot exist.
  std::function<ir::Model(const Scenario&)> build;
};

/// Every subsystem, in the order in which it is listed. Knobs and paths of two never share a name;
/// a property may, if it claims the same.
[[nodiscard]] const std::vector<Subsystem>& subsystems();

/// The knobs, paths and properties of all subsystems; a name appears once.
[[nodiscard]] std::vector<Knob> all_knobs();
[[nodiscard]] std::vector<PathEntry> all_paths();
[[nodiscard]] std::vector<PropertyEntry> all_properties();

/// Why a scenario of this subsystem cannot ask for the property: it is another's.
[[nodiscard]] std::string not_of(const Subsystem& subsystem, const std::string& property);

/// A table of a subsystem without what only the subsystem can use.
template <typename Plain, typename Entry>
[[nodiscard]] std::vector<Plain> plain(const std::vector<Entry>& entries) {
  return {entries.begin(), entries.end()};
}

} // namespace stalemate::kernel
