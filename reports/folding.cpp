#include "reports/folding.hpp"

#include "reports/slice.hpp"
#include "reports/words.hpp"

#include <algorithm>

namespace stalemate::report {

namespace {

std::vector<bool>
shown(const Trace& trace, const Causality& causality, const Story& story, Folding folding) {
  if (folding == Folding::nothing || trace.steps.empty())
    return std::vector<bool>(trace.steps.size(), true);
  Trace without_loop = trace;
  if (folding == Folding::loop) without_loop.loop.reset();
  std::vector<bool> is_shown = steps_that_matter(without_loop, causality, story);
  if (trace.loop) is_shown[*trace.loop] = true; // The line above it says that it is the first.
  return is_shown;
}

} // namespace

std::vector<Row>
rows(const Trace& trace, const Causality& causality, const Story& story, Folding folding) {
  const std::vector<bool> is_shown = shown(trace, causality, story, folding);
  std::vector<Row> result;
  for (std::size_t i = 0; i < is_shown.size(); ++i) {
    std::size_t end = i;
    while (end < is_shown.size() && !is_shown[end])
      ++end;
    if (end - i < 2) {
      result.push_back({i, i, false});
      continue;
    }
    result.push_back({i, end - 1, true});
    i = end - 1;
  }
  return result;
}

std::string folded_text(const Row& row, const Story& story, int process) {
  const auto first = story.scenes.begin() + static_cast<std::ptrdiff_t>(row.first);
  const auto end = story.scenes.begin() + static_cast<std::ptrdiff_t>(row.last) + 1;
  const auto count = std::ranges::count(first, end, process, &Scene::process);
  return count == 0 ? "" : counted(static_cast<std::uint64_t>(count), "step");
}

} // namespace stalemate::report
