#include "checker/store/crew.hpp"

#include "checker/outside/threads.hpp"

#include <utility>

namespace stalemate {

namespace {

constexpr int looks_max = 20'000; // Some tens of microseconds.

void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

} // namespace

void Crew::Counter::add(unsigned more) {
  value_.fetch_add(more, std::memory_order_acq_rel);
  value_.notify_all();
}

unsigned Crew::Counter::until(unsigned value) {
  for (unsigned now = value_.load(std::memory_order_acquire); now != value;)
    now = unlike(now);
  return value;
}

unsigned Crew::Counter::unlike(unsigned value) {
  for (int i = 0; i < looks_max; ++i) {
    const unsigned now = value_.load(std::memory_order_acquire);
    if (now != value) return now;
    relax();
  }
  value_.wait(value, std::memory_order_acquire);
  return value_.load(std::memory_order_acquire);
}

Crew::Crew(int threads) {
  start_threads(threads_, threads - 1, [this](int number) { serve(number); });
}

Crew::~Crew() {
  work_ = nullptr;
  begin();
  for (std::thread& thread : threads_)
    thread.join();
}

void Crew::run(const std::function<void(int)>& work) {
  work_ = &work;
  begin();
  do_work(0);
  rendezvous_.end();
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Crew::begin() {
  rendezvous_.begin(static_cast<unsigned>(threads_.size()));
}

void Crew::serve(int number) {
  for (unsigned round = 0;;) {
    round = rendezvous_.next(round);
    if (work_ == nullptr) return;
    do_work(number);
    rendezvous_.done();
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
