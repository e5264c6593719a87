// What a hunt spends its time on: a sample of the small scenarios of one-block files, searched one
// after the other, by phases.
//
//   bench_hunt [PROCESSES [EVERY]]     every EVERY-th scenario of up to so many processes

#include "checker/ir/identity.hpp"
#include "checker/ir/validate.hpp"
#include "checker/program/program.hpp"
#include "checker/search/explore.hpp"
#include "model/inquiry/enumeration.hpp"
#include "model/scenario/build_model.hpp"

#include <fmt/format.h>

#include <array>
#include <ctime>
#include <set>
#include <string>

using namespace stalemate; // NOLINT: a program of its own

namespace {

double now() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

int main(int argc, char** argv) {
  const int processes = argc > 1 ? std::stoi(argv[1]) : 3;
  const int every = argc > 2 ? std::stoi(argv[2]) : 1000;
  kernel::Scenario base;
  base.id = "hunt";
  base.subsystem = &kernel::subsystems().front();
  double at = now();
  kernel::inquiry::Enumeration all(base, {.processes = processes, .paths = {}});
  fmt::print("{} scenarios on {} layouts ({} refused), made in {:.3f} s\n",
             all.count(),
             all.grounds().size(),
             all.refused_layouts(),
             now() - at);
  std::array<double, 5> spent{};
  std::set<std::uint64_t> identities;
  std::uint64_t number = 0;
  std::uint64_t built = 0;
  std::uint64_t refused = 0;
  std::uint64_t states = 0;
  std::uint64_t holds = 0;
  Limits limits;
  limits.states_max = 20'000;
  Observer nobody;
  const double start = now();
  while (const auto pick = all.next()) {
    if (number++ % static_cast<std::uint64_t>(every) != 0) continue;
    const auto lap = [&](std::size_t phase) {
      const double then = now();
      spent[phase] += then - at;
      at = then;
    };
    at = now();
    const kernel::Scenario scenario = all.scenario(*pick);
    try {
      lap(0);
      ir::Model model = scenario.subsystem->build(scenario);
      lap(1);
      ir::validate(model);
      model = ir::without_warnings(std::move(model));
      lap(2);
      const Program program = compile(model);
      lap(3);
      const Result result = explore(program, limits, nobody);
      lap(4);
      states += result.counts.states;
      holds += result.verdict == Verdict::holds ? 1 : 0;
      ++built;
      identities.insert(ir::identity(model));
    } catch (const kernel::ScenarioError&) {
      ++refused;
      lap(1);
    }
  }
  const double seconds = now() - start;
  double sum = 0;
  for (const double one : spent)
    sum += one;
  fmt::print("{} searched, {} refused, {} hold, {} different models, {} states, in {:.2f} s: "
             "{:.1f} a second\n",
             built,
             refused,
             holds,
             identities.size(),
             states,
             seconds,
             static_cast<double>(built) / sum);
  for (std::size_t i = 0; i < spent.size(); ++i)
    fmt::print("  {:<10} {:6.1f} %  {:8.3f} ms\n",
               std::array{"pick", "record", "validate", "compile", "search"}[i],
               100 * spent[i] / sum,
               1000 * spent[i] / static_cast<double>(built));
}
