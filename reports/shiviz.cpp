#include "reports/shiviz.hpp"

#include "reports/acts.hpp"
#include "reports/causality.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

namespace stalemate::report {

namespace {

/// By process how many of its steps are known of.
using Clock = std::vector<int>;

/// A host is one word.
std::string host_of(const ir::Model& model, int process) {
  std::string name = printable(process_of(model, process).name);
  std::ranges::replace(name, ' ', '_');
  std::ranges::replace(name, '"', '\'');
  return name;
}

std::string clock_text(const ir::Model& model, const Clock& clock) {
  std::string text;
  for (std::size_t p = 0; p < clock.size(); ++p)
    if (clock[p] > 0)
      append(text, fmt::format("\"{}\":{}", host_of(model, static_cast<int>(p)), clock[p]));
  return "{" + text + "}";
}

std::string event_text(const Scene& scene) {
  std::string text = fmt::format("{}: {}", scene.function, scene.phrase);
  for (const Detail& detail : scene.details)
    if (detail.kind != Detail::Kind::saw)
      append(text, detail.text + (detail.mark.empty() ? "" : " <-- " + detail.mark), "; ");
  if (!scene.mark.empty()) append(text, "<-- " + scene.mark, "; ");
  return printable(text);
}

} // namespace

void write_shiviz(const ir::Model& model, const Trace& trace, std::ostream& out) {
  const std::vector<std::vector<int>> sources = read_from(Acts(model, trace));
  const Story story = tell(model, trace, causality(model, trace));
  std::vector<Clock> now(model.processes.size(), Clock(model.processes.size(), 0));
  std::vector<Clock> clocks; // Of the steps.
  out << shiviz_expression << "\n\n";
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    const int process = trace.steps[i].process;
    Clock& own = now[static_cast<std::size_t>(process)];
    for (const int source : sources[i])
      for (std::size_t p = 0; p < own.size(); ++p)
        own[p] = std::max(own[p], clocks[static_cast<std::size_t>(source)][p]);
    ++own[static_cast<std::size_t>(process)];
    clocks.push_back(own);
    out << host_of(model, process) << ' ' << clock_text(model, own) << '\n'
        << event_text(story.scenes[i]) << '\n';
  }
}

} // namespace stalemate::report
