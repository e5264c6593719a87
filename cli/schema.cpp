#include "model/scenario/schema.hpp"

#include "cli/commands.hpp"

#include <iostream>

namespace stalemate::cli {

void add_schema(CLI::App& app, Action& action) {
  CLI::App* command =
      app.add_subcommand("schema", "Print the JSON Schema (draft-07) of scenario files");
  command->footer("Example:\n"
                  "  stalemate schema > scenarios/scenario.schema.json");
  command->callback([&action] {
    action = [] {
      std::cout << kernel::scenario_schema();
      return as_expected;
    };
  });
}

} // namespace stalemate::cli
