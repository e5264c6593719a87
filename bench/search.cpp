// How fast and how small the search is.
//
//   bench_search                        the models below
//   bench_search FILE[#VARIANT]...      scenarios
//
// Prints, for each model and each way to search it, what was explored, transitions and states per
// second, without the time of the compiler, and what a state takes: packed, and with its share of
// the table and the back-pointers. Give it a machine with nothing else to do.

#include "checker/builder/path.hpp"
#include "checker/generate/compile.hpp"
#include "checker/search/explore.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string>

using namespace stalemate; // NOLINT: a program of its own

namespace {

/// Remembers the last progress, for the memory that was used.
class Memory : public Observer {
 public:
  void progress(const Progress& progress) override { last = progress; }
  Progress last;
};

/// Philosophers who take their forks in any order and put them down one by one.
ir::Model philosophers(int count) {
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    names.push_back(fmt::format("p{}", i));
  build::Model m(names, fmt::format("{} philosophers", count));
  const build::Array forks = m.holders("fork", count);
  for (int i = 0; i < count; ++i) {
    m.process(names[static_cast<std::size_t>(i)], "philosopher", [&](build::Path& p) {
      const auto dine = p.function("dine", "");
      const auto left = m.lock(forks[i]);
      const auto right = m.lock(forks[(i + 1) % count]);
      p.label("again");
      p.step("think", build::always());
      p.step("take a fork", build::take(left), build::take(right).go("left"));
      p.step("take the right fork", build::take(right).go("eat"));
      p.label("left");
      p.step("take the left fork", build::take(left));
      p.label("eat");
      p.step("put the left fork down", build::then(release(left)));
      p.step("put the right fork down", build::then(release(right)).go("again"));
    });
  }
  return m.finish();
}

struct Way {
  const char* name;
  bool is_generated;
  int threads;
  Storage storage;
};
constexpr std::array<Way, 5> ways{{{"interpreted", false, 1, Storage::exact},
                                   {"generated code", true, 1, Storage::exact},
                                   {"generated code, two threads", true, 2, Storage::exact},
                                   {"generated code, tree", true, 1, Storage::tree},
                                   {"generated code, compact", true, 1, Storage::compact}}};

void measure(const std::string& name, const ir::Model& model) {
  using Clock = std::chrono::steady_clock;
  const Program program = compile(model);
  const auto native = NativeBuild(program).result();
  fmt::print("{}: {} bits in {} bytes per state, {} instructions\n",
             name,
             program.layout.bits(),
             program.layout.bytes(),
             program.code.instructions.size());
  for (const Way& way : ways) {
    Limits limits;
    limits.threads = way.threads;
    limits.storage = way.storage;
    program.native = way.is_generated ? native : nullptr;
    Memory memory;
    const auto start = Clock::now();
    const Result result = explore(program, limits, memory);
    const double time = std::chrono::duration<double>(Clock::now() - start).count();

    const auto states = static_cast<double>(result.counts.states);
    const auto transitions = static_cast<double>(result.counts.transitions);
    fmt::print("  {}: {}, {} states, {} transitions, depth {}, {:.2f} s\n",
               way.name,
               word(result.verdict),
               result.counts.states,
               result.counts.transitions,
               result.counts.depth,
               time);
    fmt::print("    {:.2f} M transitions/s, {:.2f} M states/s, {:.0f} ns per transition; "
               "{:.1f} bytes per state with table and parents\n",
               transitions / time / 1e6,
               states / time / 1e6,
               time * 1e9 / transitions,
               static_cast<double>(memory.last.memory) /
                   static_cast<double>(memory.last.counts.states));
  }
}

void measure_file(const std::string& argument) {
  const auto hash = argument.find('#');
  const auto file = kernel::read_scenario_file(argument.substr(0, hash));
  for (const kernel::Scenario& scenario : file.scenarios())
    if (hash == std::string::npos || scenario.variant == argument.substr(hash + 1))
      measure(scenario.id + "#" + scenario.variant, kernel::build_model(scenario));
}

} // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    measure_file(argv[i]);
  if (argc == 1) measure("philosophers", philosophers(9));
}
