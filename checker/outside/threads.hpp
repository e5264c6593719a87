#pragma once

#include <exception>
#include <vector>

namespace stalemate {

/// Starts `count` threads that do work(1), work(2) and so on, or as many of them as the system
/// gives: what they do must not need them all.
template <typename Thread, typename Work>
void start_threads(std::vector<Thread>& threads, int count, Work work) {
  try {
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 1; i <= count; ++i)
      threads.emplace_back([work, i] { work(i); });
  } catch (const std::exception&) { // system_error, or bad_alloc
    return;
  }
}

} // namespace stalemate
