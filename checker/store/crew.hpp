#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stalemate {

/// Threads that do the same thing at the same time, over and over. The caller is one of them.
class Crew {
 public:
  explicit Crew(int threads);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  [[nodiscard]] int size() const { return static_cast<int>(threads_.size()) + 1; }

  /// Calls work(0) to work(size() - 1), each in a thread of its own, and returns when all are done.
  /// Throws what one of them threw.
  void run(const std::function<void(int)>& work);

 private:
  void serve(int number);
  void do_work(int number);

  std::mutex mutex_;
  std::condition_variable starts_;
  std::condition_variable ends_;
  const std::function<void(int)>* work_ = nullptr;
  std::uint64_t round_ = 0; ///< Counts the calls of run().
  int busy_ = 0;
  bool is_over_ = false;
  std::exception_ptr error_;
  std::vector<std::thread> threads_;
};

} // namespace stalemate
