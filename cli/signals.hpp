#pragma once

#include <atomic>

namespace stalemate::cli {

/// From now on SIGINT, SIGTERM and SIGHUP only raise a flag, so that a search can end in a report.
/// A second one of the same kind kills as usual.
void catch_signals();

/// Raised by the first signal.
[[nodiscard]] const std::atomic<bool>& is_interrupted();

/// The number of the last signal caught; 0 if there was none.
[[nodiscard]] int caught_signal();

} // namespace stalemate::cli
