// How fast ranks search together, and what they send each other.
//
//   mpirun -n 4 bench_ranks                        the model below
//   mpirun -n 4 bench_ranks FILE#VARIANT
//
// The first rank prints a row of docs/scale.md; bench/ranks.sh makes the table. Give it machines
// with nothing else to do.

#include "checker/generate/compile.hpp"
#include "checker/ranks/job.hpp"
#include "checker/search/explore.hpp"
#include "checker/tests/neutral_models.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string>

using namespace stalemate; // NOLINT: a program of its own

namespace {

/// Counts what goes to others.
class Counted : public Ranks {
 public:
  explicit Counted(Ranks& ranks) : ranks_(ranks) {}

  [[nodiscard]] int number() const override { return ranks_.number(); }
  [[nodiscard]] int count() const override { return ranks_.count(); }
  void exchange(const std::vector<Message>& out, std::vector<Message>& in) override {
    for (std::size_t rank = 0; rank < out.size(); ++rank)
      if (static_cast<int>(rank) != number()) bytes += out[rank].size();
    ++meetings;
    ranks_.exchange(out, in);
  }
  [[nodiscard]] std::vector<std::uint64_t> share(std::span<const std::uint64_t> mine) override {
    bytes += mine.size_bytes() * static_cast<std::size_t>(count() - 1);
    ++meetings;
    return ranks_.share(mine);
  }

  std::uint64_t bytes = 0;
  std::uint64_t meetings = 0;

 private:
  Ranks& ranks_;
};

/// Remembers how much memory there was, of all ranks.
class Memory : public Observer {
 public:
  void progress(const Progress& progress) override { last = progress; }
  Progress last;
};

ir::Model model_of(const std::string& argument) {
  const auto hash = argument.find('#');
  const auto file = kernel::read_scenario_file(argument.substr(0, hash));
  for (const kernel::Scenario& scenario : file.scenarios())
    if (scenario.variant == argument.substr(hash + 1)) return kernel::build_model(scenario);
  throw std::runtime_error("no such variant");
}

} // namespace

int main(int argc, char** argv) {
  std::string problem;
  const auto job = join_job(problem);
  if (!job) {
    fmt::print(stderr, "bench_ranks: {}\n", problem);
    return 2;
  }
  const Program program =
      compile(argc > 1 ? model_of(argv[1]) : tests::philosophers(14, tests::Manners::last_is_odd));
  program.native = NativeBuild(program).result();
  Counted ranks(*job);
  Limits limits;
  limits.ranks = &ranks;
  Memory memory;
  (void)ranks.share(std::array{std::uint64_t{0}}); // All have their code.
  const auto start = std::chrono::steady_clock::now();
  const Result result = explore(program, limits, memory);
  const double time =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::uint64_t bytes = 0;
  for (const std::uint64_t some : job->share(std::array{ranks.bytes}))
    bytes += some;
  if (job->number() != 0) return 0;
  const auto states = static_cast<double>(result.counts.states);
  fmt::print("| {} | {} | {} | {} | {:.1f} s | {:.2f} | {:.1f} | {:.1f} | {} |\n",
             job->count(),
             word(result.verdict),
             result.counts.states,
             result.counts.transitions,
             time,
             states / time / 1e6,
             static_cast<double>(bytes) / states,
             static_cast<double>(memory.last.memory) / static_cast<double>(job->count()) /
                 static_cast<double>(memory.last.counts.states),
             ranks.meetings);
  return 0;
}
