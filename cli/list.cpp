#include "cli/commands.hpp"
#include "cli/list_state.hpp"
#include "cli/listings.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"

#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

struct ListOptions {
  std::string what;
  std::vector<std::string> names; ///< Empty: all; of scenarios, the folder of a checkout.
  std::string format = "text";
};

/// One thing that can be listed.
struct Kind {
  std::string text;
  std::function<report::Listing(const std::vector<std::string>& names)> listing;
};

/// A listing from which entries are picked by their names.
Kind table(const std::string& text, report::Listing (*listing)(), const std::string& noun) {
  return {text, [listing, noun](const std::vector<std::string>& names) {
            return only(listing(), names, noun);
          }};
}

const std::vector<std::pair<std::string, Kind>>& kinds() {
  static const std::vector<std::pair<std::string, Kind>> all{
      {"scenarios", {"scenario files and their variants, in and below PATHs", scenario_listing}},
      {"paths",
       table("kernel paths, their options, and the knobs they read", path_listing, "path")},
      {"knobs",
       table("switches of the kernel, and the paths that read them", knob_listing, "knob")},
      {"kernels",
       table("versions of the kernel, and the knobs in which they differ",
             kernel_listing,
             "version or knob that differs between them")},
      {"properties", table("claims", property_listing, "property")},
      {"layout",
       table("the words that say what is there at the start", layout_listing, "layout word")},
  };
  return all;
}

std::vector<std::string> words() {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kinds())
    names.push_back(name);
  names.emplace_back("state");
  return names;
}

Status list(const ListOptions& options) {
  if (options.what.empty()) {
    report::Listing listing;
    for (const auto& [name, kind] : kinds())
      listing.push_back({name, kind.text, "", {}});
    listing.push_back({"state", "what expressions can name in a scenario", "", {}});
    report::write_listing_text(listing, std::cout);
    return as_expected;
  }
  if (options.what == "state") {
    list_state(options.names, options.format);
    return as_expected;
  }
  const auto wanted =
      std::ranges::find(kinds(), options.what, &std::pair<std::string, Kind>::first);
  if (wanted == kinds().end())
    throw UsageError(kernel::unknown("thing to list", options.what, words()));
  const report::Listing listing = wanted->second.listing(options.names);
  if (options.format == "json")
    report::write_listing_json(listing, std::cout);
  else
    report::write_listing_text(listing, std::cout);
  return as_expected;
}

} // namespace

void add_list(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand(
      "list", "List scenarios, paths, knobs, kernels, properties, layout words or state");
  command
      ->add_option(
          "what", options->what, "scenarios, paths, knobs, kernels, properties, layout, or state")
      ->type_name("WHAT");
  command
      ->add_option("name",
                   options->names,
                   "What to look up, all if absent; of scenarios where to look, ./scenarios if "
                   "absent; of state FILE[#VARIANT]")
      ->type_name("NAME");
  command->add_option("--format", options->format, "Of the result: text or json")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "json"}));
  command->footer("Examples:\n"
                  "  stalemate list knobs\n"
                  "  stalemate list knobs iomap_valid zeroing\n"
                  "  stalemate list kernels v6.12\n"
                  "  stalemate list layout unwritten\n"
                  "  stalemate list scenarios\n"
                  "  stalemate list paths --format json\n"
                  "  stalemate list state scenarios/iomap/R1-write-vs-reclaim.json#none");
  command->callback([options, &action] { action = [options] { return list(*options); }; });
}

} // namespace stalemate::cli
