#include "reports/list.hpp"

#include "cli/commands.hpp"
#include "cli/list_state.hpp"
#include "cli/load.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace stalemate::cli {

namespace {

using kernel::Knob;
using report::Entry;
using report::EntryPart;
using report::Listing;

struct ListOptions {
  std::string what;
  std::vector<std::string> paths; ///< Empty: the folder of a checkout.
  std::string format = "text";
};

std::vector<EntryPart> values(const Knob& knob) {
  const int initial = knob.initial;
  std::vector<EntryPart> parts;
  switch (knob.type) {
  case Knob::Type::words:
    for (std::size_t i = 0; i < knob.values.size(); ++i)
      parts.push_back({knob.values[i].name, knob.values[i].text, static_cast<int>(i) == initial});
    break;
  case Knob::Type::boolean:
    parts = {{"false", "", initial == 0}, {"true", "", initial != 0}};
    break;
  case Knob::Type::number:
    parts = {{fmt::format("{}..{}", knob.low, knob.high), "", false},
             {fmt::format("{}", initial), "", true}};
    break;
  }
  return parts;
}

Listing knobs() {
  Listing listing;
  for (const Knob& knob : kernel::all_knobs())
    listing.push_back({knob.name, knob.text, knob.source, values(knob)});
  return listing;
}

Listing paths() {
  Listing listing;
  for (const kernel::PathEntry& path : kernel::all_paths()) {
    Entry entry{path.name, path.text, path.source, {}};
    for (const kernel::PathOption& option : path.options)
      entry.parts.push_back(
          {option.name,
           fmt::format(
               "{}, {}..{}, {} if absent", option.text, option.low, option.high, option.initial),
           false});
    listing.push_back(std::move(entry));
  }
  return listing;
}

Listing properties() {
  Listing listing;
  for (const kernel::PropertyEntry& property : kernel::all_properties())
    listing.push_back({property.name, property.claim, property.source, {}});
  return listing;
}

Listing scenarios(const std::vector<std::string>& where) {
  constexpr auto folder = "scenarios";
  std::error_code ignored;
  if (where.empty() && !std::filesystem::exists(folder, ignored))
    throw UsageError(
        "there is no folder \"scenarios\" here; name one: stalemate list scenarios PATH");
  Listing listing;
  for (const std::string& path :
       scenario_files(where.empty() ? std::vector<std::string>{folder} : where)) {
    const kernel::ScenarioFile file = kernel::read_scenario_file(path);
    const kernel::Scenario& first = file.scenarios().front();
    Entry entry{path, first.id + ": " + first.title, first.source, {}};
    for (const kernel::Scenario& scenario : file.scenarios())
      if (!scenario.variant.empty())
        entry.parts.push_back({scenario.variant, scenario.notes, false});
    listing.push_back(std::move(entry));
  }
  return listing;
}

Status list(const ListOptions& options) {
  const std::map<std::string, std::function<Listing()>> listings{
      {"scenarios", [&] { return scenarios(options.paths); }},
      {"paths", paths},
      {"knobs", knobs},
      {"properties", properties},
  };
  if (options.what == "state") {
    list_state(options.paths, options.format);
    return as_expected;
  }
  const auto wanted = listings.find(options.what);
  if (options.what.empty())
    throw UsageError("say what to list: scenarios, paths, knobs, properties or state");
  if (wanted == listings.end())
    throw UsageError(kernel::unknown(
        "thing to list", options.what, {"scenarios", "paths", "knobs", "properties", "state"}));
  const Listing listing = wanted->second();
  if (options.format == "json")
    report::write_listing_json(listing, std::cout);
  else
    report::write_listing_text(listing, std::cout);
  return as_expected;
}

} // namespace

void add_list(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ListOptions>();
  CLI::App* command =
      app.add_subcommand("list", "List scenarios, paths, knobs, properties or state");
  command->add_option("what", options->what, "scenarios, paths, knobs, properties or state")
      ->type_name("WHAT");
  command
      ->add_option("path",
                   options->paths,
                   "Where to look for scenarios, ./scenarios if absent; the one whose state")
      ->type_name("PATH");
  command->add_option("--format", options->format, "Of the result: text or json")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "json"}));
  command->footer("Examples:\n"
                  "  stalemate list knobs\n"
                  "  stalemate list scenarios\n"
                  "  stalemate list paths --format json\n"
                  "  stalemate list state scenarios/iomap/R1-write-vs-reclaim.json#none");
  command->callback([options, &action] { action = [options] { return list(*options); }; });
}

} // namespace stalemate::cli
