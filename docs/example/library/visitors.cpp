// A program of one's own with the checker in it: two doors count visitors, and forget one.
//
//   cmake -B build -DCMAKE_PREFIX_PATH=/where/stalemate/is/installed && cmake --build build
//   build/visitors
#include "checker/builder/path.hpp"
#include "checker/program/program.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/explore.hpp"

#include <iostream>
#include <string>
#include <vector>

using namespace stalemate;        // NOLINT
using namespace stalemate::build; // NOLINT: the notation

namespace {

ir::Model visitors() {
  const std::vector<std::string> doors{"front", "back"};
  Model m(doors, "two doors and one counter");
  const Place counter = m.var("counter", 0, 2);
  const Array passed = m.flags("passed", 2);
  for (int door = 0; door < 2; ++door)
    m.process(doors[static_cast<std::size_t>(door)], "door", [&](Path& p) {
      const auto count = p.function("count", "visitors.c");
      const Place seen = p.local("seen", 0, 2);
      p.step("look at the counter", then(seen = counter));
      p.step("write one more", then(counter = seen + 1, passed[door] = true));
    });
  m.invariant("all_counted",
              "who has passed was counted",
              {{!(passed[0] && passed[1]) || counter == 2, {"the counter says {}", {counter}}}});
  return m.finish();
}

} // namespace

int main() {
  const ir::Model model = visitors();
  const Result result = explore(compile(model));
  std::cout << word(result.verdict) << ", " << result.counts.states << " states\n";
  if (!has_counterexample(result.verdict)) return 0;
  const Trace trace = replay(model, result);
  for (const TraceStep& step : trace.steps) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(step.process)];
    std::cout << process.name << ": " << process.steps[static_cast<std::size_t>(step.step)].phrase
              << '\n';
  }
  std::cout << trace.broken << '\n';
  return 1;
}
