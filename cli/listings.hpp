#pragma once

#include "model/scenario/read_scenario.hpp"
#include "reports/list.hpp"

#include <string>
#include <vector>

namespace stalemate::cli {

/// What can be named in a scenario, section by section: knobs, paths, properties, the words of the
/// layouts.
[[nodiscard]] report::Listing knob_listing();
[[nodiscard]] report::Listing path_listing();
[[nodiscard]] report::Listing property_listing();
[[nodiscard]] report::Listing layout_listing();

/// The versions of the kernel, and every knob in which they differ.
[[nodiscard]] report::Listing kernel_listing();

/// The files of scenarios in and below the paths; none named: those of the library.
[[nodiscard]] std::vector<kernel::ScenarioFile> scenarios_in(const std::vector<std::string>& where);

/// They, and their variants.
[[nodiscard]] report::Listing scenario_listing(const std::vector<std::string>& where);

/// What a scenario file may say, but for layouts, knobs and paths, which have listings of their
/// own.
[[nodiscard]] report::Listing format_listing();

/// Of a listing what has one of the names. Throws UsageError, with the nearest, for names that
/// nothing has; `noun` is what an entry is called.
[[nodiscard]] report::Listing only(const report::Listing& listing,
                                   const std::vector<std::string>& names,
                                   const std::string& noun);

} // namespace stalemate::cli
