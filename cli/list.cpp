#include "cli/commands.hpp"
#include "cli/families.hpp"
#include "cli/list_state.hpp"
#include "cli/listings.hpp"
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <iterator>
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

using Kinds = std::vector<std::pair<std::string, Kind>>;

/// Those that say what a scenario may say: together the reference.
const Kinds& words_of_scenarios() {
  static const Kinds all{
      {"format", table("what a scenario file says", format_listing, "part of a scenario")},
      {"layout",
       table("the words that say what is there at the start", layout_listing, "layout word")},
      {"paths",
       table("kernel paths, their options, and the knobs they read", path_listing, "path")},
      {"knobs",
       table("switches of the kernel, and the paths that read them", knob_listing, "knob")},
      {"properties", table("claims", property_listing, "property")},
  };
  return all;
}

const Kinds& kinds() {
  static const Kinds all = [] {
    Kinds kinds{
        {"scenarios", {"scenario files and their variants, in and below PATHs", scenario_listing}}};
    std::ranges::copy(words_of_scenarios(), std::back_inserter(kinds));
    kinds.emplace_back("kernels",
                       table("versions of the kernel, and the knobs in which they differ",
                             kernel_listing,
                             "version or knob that differs between them"));
    return kinds;
  }();
  return all;
}

/// What is no listing of names.
const std::vector<std::pair<std::string, std::string>>& others() {
  static const std::vector<std::pair<std::string, std::string>> all{
      {"commands", "what this program does: `stalemate COMMAND --help` says more"},
      {"families", "folders of scenarios, and what those expect, in and below PATHs"},
      {"state", "what expressions can name in a scenario"},
      {"reference", "all that a scenario may say: format, layout, paths, knobs and properties"},
  };
  return all;
}

std::vector<std::string> words() {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kinds())
    names.push_back(name);
  for (const auto& [name, text] : others())
    names.push_back(name);
  return names;
}

void write_listing(const report::Listing& listing, const std::string& format) {
  if (format == "json") return report::write_listing_json(listing, std::cout);
  if (format == "markdown") return report::write_listing_markdown(listing, std::cout);
  report::write_listing_text(listing, std::cout);
}

void list_everything() {
  report::Listing listing;
  for (const auto& [name, kind] : kinds())
    listing.push_back({name, kind.text, "", {}});
  for (const auto& [name, text] : others())
    listing.push_back({name, text, "", {}});
  report::write_listing_text(listing, std::cout);
}

report::Listing command_listing(const CLI::App& app) {
  report::Listing listing;
  for (const CLI::App* command : app.get_subcommands(nullptr))
    listing.push_back({command->get_name(), command->get_description(), "", {}});
  return listing;
}

void list_families(const ListOptions& options) {
  const report::Families all = families(options.names);
  if (options.format == "json") return report::write_families_json(all, std::cout);
  if (options.format == "markdown") return report::write_families_markdown(all, std::cout);
  report::write_families_text(all, std::cout);
}

void list_reference(const ListOptions& options) {
  if (!options.names.empty()) throw UsageError("list reference takes no names");
  if (options.format == "markdown")
    std::cout << "# What a scenario may say\n\n"
                 "Written by `stalemate list reference --format markdown`; `stalemate list` prints "
                 "parts of it.\n\n";
  report::Json all = report::Json::object();
  for (const auto& [name, kind] : words_of_scenarios()) {
    const report::Listing listing = kind.listing({});
    if (options.format == "json")
      all[name] = report::listing_json(listing);
    else
      std::cout << fmt::format(
          "{}{}: {}\n\n", options.format == "markdown" ? "## " : "", name, kind.text);
    if (options.format != "json") write_listing(listing, options.format);
    if (options.format == "text") std::cout << '\n';
  }
  if (options.format == "json") report::write_json(all, std::cout);
}

Status list(const ListOptions& options, const CLI::App& app) {
  if (options.what.empty()) {
    list_everything();
  } else if (options.what == "commands") {
    write_listing(only(command_listing(app), options.names, "command"), options.format);
  } else if (options.what == "families") {
    list_families(options);
  } else if (options.what == "reference") {
    list_reference(options);
  } else if (options.what == "state") {
    if (options.format == "markdown") throw UsageError("list state is text or json");
    list_state(options.names, options.format);
  } else {
    const auto wanted = std::ranges::find(kinds(), options.what, &Kinds::value_type::first);
    write_listing(wanted->second.listing(options.names), options.format);
  }
  return as_expected;
}

} // namespace

void add_list(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand(
      "list", "List scenarios, and what scenarios may say: paths, knobs, properties and so on");
  command
      ->add_option("what",
                   options->what,
                   fmt::format("{}; what they are if absent", fmt::join(words(), ", ")))
      ->type_name("WHAT")
      ->check(one_of("thing to list", words()));
  command
      ->add_option("name",
                   options->names,
                   "What to look up, all if absent; of scenarios where to look, ./scenarios if "
                   "absent; of state FILE[#VARIANT]")
      ->type_name("NAME");
  command->add_option("--format", options->format, "Of the result: text, json or markdown")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "json", "markdown"}));
  command->footer("Examples:\n"
                  "  stalemate list knobs\n"
                  "  stalemate list knobs iomap_valid zeroing\n"
                  "  stalemate list kernels v6.12\n"
                  "  stalemate list layout unwritten\n"
                  "  stalemate list scenarios\n"
                  "  stalemate list families --format markdown\n"
                  "  stalemate list reference --format markdown > reference.md\n"
                  "  stalemate list paths --format json\n"
                  "  stalemate list state scenarios/iomap/R1-write-vs-reclaim.json#none");
  command->callback(
      [&app, options, &action] { action = [&app, options] { return list(*options, app); }; });
}

} // namespace stalemate::cli
