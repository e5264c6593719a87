#pragma once

#include "checker/store/rendezvous.hpp"

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stalemate {

/// Threads that do the same thing at the same time, over and over. The caller is one of them.
class Crew {
 public:
  /// Of so many, or of as many as the system gives; at least the caller.
  explicit Crew(int threads);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  [[nodiscard]] int size() const { return static_cast<int>(threads_.size()) + 1; }

  /// Calls work(0) to work(size() - 1), each in a thread of its own, and returns when all are done.
  /// Throws what one of them threw.
  void run(const std::function<void(int)>& work);

 private:
  /// Rounds take some hundred microseconds: who has to wait looks again for a while before it
  /// sleeps, since waking it takes a tenth of that.
  class Counter {
   public:
    void set(unsigned value) { value_.store(value, std::memory_order_release); }
    void add(unsigned more);
    unsigned until(unsigned value);
    unsigned unlike(unsigned value);

   private:
    std::atomic<unsigned> value_ = 0;
  };

  void begin();
  void serve(int number);
  void do_work(int number);

  Rendezvous<Counter> rendezvous_;
  const std::function<void(int)>* work_ = nullptr; ///< Null for the end.
  std::mutex mutex_;                               ///< Of the error.
  std::exception_ptr error_;
  std::vector<std::thread> threads_;
};

} // namespace stalemate
