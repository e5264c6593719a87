#include "cli/tried.hpp"

#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace stalemate::cli {

namespace {

void say(const std::string& text, int indent = 0) {
  for (const std::string& line : report::wrapped(text, 100, indent + 2))
    std::cout << std::string(static_cast<std::size_t>(indent), ' ') << line << '\n';
}

} // namespace

void say_what(const Tried& tried, const Kit& kit) {
  if (!tried.refused.empty()) return say(tried.name + ": not run: " + tried.refused);
  say(tried.attempt.trace.title);
  for (const std::string& remark : tried.attempt.remarks)
    say(remark, 2);
  const auto& unheld = tried.schedule.unheld;
  const auto unknown = std::ranges::count_if(unheld, &reproduce::Unheld::is_unknown);
  say(fmt::format("{} gates for {} steps, {} of which have none{}; {}/schedule.txt says which",
                  tried.schedule.items.size(),
                  tried.attempt.trace.steps.size(),
                  unheld.size(),
                  unknown > 0 ? fmt::format(", {} since the map does not know them", unknown) : "",
                  tried.folder),
      2);
  say("kernel " + kit.kernel.text, 2);
}

void say_answer(const Tried& tried, const Kit& kit, bool is_alone) {
  if (!tried.refused.empty()) return;
  if (!is_alone) say(tried.name + ":");
  for (const std::string& line : reproduce::answer(tried.report, kit.kernel.map)) {
    const auto indent = line.find_first_not_of(' ');
    say(line.substr(indent), static_cast<int>(indent) + (is_alone ? 0 : 2));
  }
}

} // namespace stalemate::cli
