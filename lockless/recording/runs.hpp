// Every way that a thread of a protocol could go, whatever the others do.
#pragma once

#include "lockless/recording/recorder.hpp"

#include <vector>

namespace stalemate::recording {

/// Of a variant of a protocol, both as protocols() numbers them; the thread behind the last is
/// after(). What differs is what the thread reads, the smallest value first. `objects` become
/// those that the protocol declares.
[[nodiscard]] std::vector<Run>
runs_of(int protocol, int variant, int thread, std::vector<Object>& objects);

} // namespace stalemate::recording
