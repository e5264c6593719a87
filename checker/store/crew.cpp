#include "checker/store/crew.hpp"

#include <utility>

namespace stalemate {

Crew::Crew(int threads) {
  for (int i = 1; i < threads; ++i)
    threads_.emplace_back([this, i] { serve(i); });
}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  starts_.notify_all();
  for (std::thread& thread : threads_)
    thread.join();
}

void Crew::run(const std::function<void(int)>& work) {
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    busy_ = static_cast<int>(threads_.size());
    ++round_;
  }
  starts_.notify_all();
  do_work(0);
  std::unique_lock lock(mutex_);
  ends_.wait(lock, [this] { return busy_ == 0; });
  work_ = nullptr;
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Crew::serve(int number) {
  std::uint64_t done = 0;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      starts_.wait(lock, [&] { return is_over_ || round_ != done; });
      if (is_over_) return;
      done = round_;
    }
    do_work(number);
    const std::lock_guard lock(mutex_);
    if (--busy_ == 0) ends_.notify_one();
  }
}

void Crew::do_work(int number) {
  try {
    (*work_)(number);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::current_exception();
  }
}

} // namespace stalemate
