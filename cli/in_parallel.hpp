// The same work on many things, on several processors.
#pragma once

#include "checker/outside/threads.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace stalemate::cli {

/// Calls work(i) for all i below `count`, from up to `jobs` threads, the small ones first. What the
/// first of them in order throws is thrown; the rest is left out then.
template <typename Work>
void in_parallel(std::size_t count, int jobs, Work work) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> is_over = false;
  std::mutex mutex;
  std::exception_ptr error;
  std::size_t error_at = count;
  const auto run = [&] {
    for (std::size_t i = next++; i < count && !is_over; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (i < error_at) error = std::current_exception();
        error_at = std::min(i, error_at);
        is_over = true;
      }
    }
  };
  {
    std::vector<std::jthread> others;
    start_threads(others, jobs - 1, [&run](int) { run(); });
    run();
  }
  if (error) std::rethrow_exception(error);
}

} // namespace stalemate::cli
