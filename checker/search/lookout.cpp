#include "checker/search/lookout.hpp"

#include "checker/checkpoint/checkpoints.hpp"

#include <thread>

namespace stalemate {

namespace {

constexpr std::uint64_t look_distance = std::uint64_t{1} << 12;     // States between looks.
constexpr std::uint64_t progress_distance = std::uint64_t{1} << 16; // States between reports.

} // namespace

Lookout::Lookout(const Program& program, const Limits& limits, Observer& observer)
    : program_(program), limits_(limits), observer_(observer), watch_(limits),
      progress_at_(progress_distance) {}

std::optional<std::string> Lookout::look(std::uint64_t state, const Duties& duties) {
  if (state < look_at_) return std::nullopt;
  look_at_ = state + look_distance;
  const auto reason = watch_.reason_to_stop();
  if (duties.save) {
    const auto distance = limits_.checkpoints->options().distance;
    if (distance.count() == 0) look_at_ = state;
    if (reason || std::chrono::steady_clock::now() - saved_ >= distance) {
      duties.save();
      saved_ = std::chrono::steady_clock::now();
    }
  }
  if (reason || state < progress_at_) return reason;
  progress_at_ = state + progress_distance;
  const Progress progress = duties.progress();
  translate_if_long(progress.counts.states);
  observer_.progress(progress);
  return std::nullopt;
}

std::optional<std::string> Lookout::translate() {
  NativeBuild build(program_);
  while (!build.is_done()) {
    if (auto reason = watch_.reason_to_stop()) return reason;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  program_.native = build.result();
  if (program_.native) return std::nullopt;
  // A signal may have ended the compiler as well.
  const auto reason = watch_.reason_to_stop();
  return reason ? reason : "the code cannot be translated: " + build.problem();
}

/// The compiler runs beside the search. If there is none, the interpreter goes on.
void Lookout::translate_if_long(std::uint64_t states) {
  if (limits_.translation != Limits::Translation::when_long || program_.native) return;
  if (!build_ && states >= limits_.translate_from) build_.emplace(program_);
  if (build_ && build_->is_done()) program_.native = build_->result();
}

} // namespace stalemate
