#include "cli/progress.hpp"

#include "cli/output.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <utility>

namespace stalemate::cli {

namespace {

constexpr auto interval = std::chrono::milliseconds(200);

} // namespace

ProgressLine::ProgressLine(std::string name)
    : name_(std::move(name)), is_on_(stderr_is_terminal()),
      last_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() {
  if (is_shown_) show_progress("");
}

void ProgressLine::progress(const Progress& progress) {
  const auto now = std::chrono::steady_clock::now();
  if (!is_on_ || now - last_ < interval) return;
  last_ = now;
  is_shown_ = true;
  show_progress(fmt::format("{}: {}, {} to do, depth {}, {} MB",
                            name_,
                            report::counted(progress.counts.states, "state"),
                            report::grouped(progress.frontier),
                            report::grouped(progress.counts.depth),
                            report::grouped(progress.memory >> 20U)));
}

} // namespace stalemate::cli
