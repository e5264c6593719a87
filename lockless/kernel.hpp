// The kernel's primitives in C++ atomics, for protocols. Each operation says in words what it does,
// so that a history reads like a trace of a model.
//
// Keeps:   the orderings that the kernel documents: a read-modify-write that returns a value is
//          fully ordered, which is a relaxed one between two seq_cst fences; a seq_cst one alone
//          orders less than the kernel promises.
// Drops:   address dependencies (an acquire load stands in where code relies on one), loads of
//          different sizes. Relacy's full and bounded searches see loads that are one store old.
// Differs: from the kernel's own model, tools/memory-model. Stronger, so that a race can be missed:
//          smp_wmb() orders earlier reads as well, smp_rmb() later stores; a relaxed store of the
//          same thread behind a release one belongs to it; load buffering is never seen. Weaker, so
//          that a race can be told that is none: a branch on a load orders no store behind it; two
//          sections of one spinlock are not ordered for those who do not take it. The kernel has
//          neither acq_rel nor seq_cst: they are here to show what C++ would make of them.
//          `stalemate export --to litmus` asks that model.
// Sources: atlas lockless C.0.
#pragma once

#include "lockless/log.hpp"

#include "lockless/relacy_last.hpp" // last

namespace stalemate::relacy {

using Order = rl::memory_order;
inline constexpr Order relaxed = rl::mo_relaxed;
inline constexpr Order acquire = rl::mo_acquire;
inline constexpr Order release = rl::mo_release;
inline constexpr Order acq_rel = rl::mo_acq_rel;
inline constexpr Order seq_cst = rl::mo_seq_cst;

inline int self() {
  return static_cast<int>(rl::thread_index());
}

inline const char* name_of(Order order) {
  switch (order) {
  case acquire:
    return "acquire";
  case release:
    return "release";
  case acq_rel:
    return "acquire and release";
  case seq_cst:
    return "seq_cst";
  default:
    return "relaxed";
  }
}

inline void note(const char* phrase,
                 const char* object,
                 int before,
                 int after,
                 int read,
                 bool reads,
                 bool is_lock = false,
                 const char* order = "") {
  the_log.add({self(),
               the_log.function[self()],
               phrase,
               object,
               before,
               after,
               read,
               reads,
               is_lock,
               order});
}

/// The kernel function that the thread is in from here on.
inline void in(const char* function) {
  the_log.function[self()] = function;
}

/// Something that must be true here.
inline void claim(const char* name, bool holds, const char* text) {
  if (holds) return;
  the_log.claim = name;
  the_log.text = text;
  note(text, "", 0, 0, 0, false);
  RL_ASSERT(false);
}

inline void smp_mb(const char* phrase = "full barrier") {
  rl::atomic_thread_fence(rl::mo_seq_cst, $);
  note(phrase, "", 0, 0, 0, false);
}
inline void smp_wmb(const char* phrase = "write barrier") {
  rl::atomic_thread_fence(rl::mo_release, $);
  note(phrase, "", 0, 0, 0, false);
}
inline void smp_rmb(const char* phrase = "read barrier") {
  rl::atomic_thread_fence(rl::mo_acquire, $);
  note(phrase, "", 0, 0, 0, false);
}
/// Behind a branch on what was loaded. The kernel has it as smp_rmb(), which with the control
/// dependency is an acquire.
inline void smp_acquire__after_ctrl_dep(const char* phrase) {
  smp_rmb(phrase);
}

/// Somebody else may run before the thread does this, which is no access of its own.
inline void before(const char* /*phrase*/) {
  rl::ctx().sched();
}

/// Something to know that is no access.
inline void remark(const char* text) {
  note(text, "", 0, 0, 0, false);
}

/// The head of a loop: what the thread has seen in an earlier round is of no more use to it.
inline void new_round() {}

/// A word that several threads access with marked accesses. Its values are 0 to `highest`.
class Word {
 public:
  Word(const char* name, int initial, int /*highest*/ = 1) : name_(name), newest_(initial) {
    cell_.store(initial, rl::mo_relaxed, $);
  }

  int load(const char* phrase, Order order = relaxed) {
    const int value = cell_.load(order, $);
    note(phrase, name_, newest_, newest_, value, true, false, name_of(order));
    return value;
  }
  void store(int value, const char* phrase, Order order = relaxed) {
    const int before = newest_;
    cell_.store(value, order, $);
    newest_ = value;
    note(phrase, name_, before, value, 0, false, false, name_of(order));
  }
  int add(int value, const char* phrase, Order order) {
    const int before = cell_.fetch_add(value, order, $);
    return done(before, before + value, phrase, name_of(order));
  }
  int set_bits(int bits, const char* phrase, Order order) {
    const int before = cell_.fetch_or(bits, order, $);
    return done(before, before | bits, phrase, name_of(order));
  }
  int clear_bits(int bits, const char* phrase, Order order) {
    const int before = cell_.fetch_and(~bits, order, $);
    return done(before, before & ~bits, phrase, name_of(order));
  }
  /// Fully ordered, as those of the kernel that return a value. All give back the value before.
  int add_mb(int value, const char* phrase) {
    rl::atomic_thread_fence(rl::mo_seq_cst, $);
    const int before = cell_.fetch_add(value, rl::mo_relaxed, $);
    done(before, before + value, phrase, full);
    rl::atomic_thread_fence(rl::mo_seq_cst, $);
    return before;
  }
  int exchange_mb(int value, const char* phrase) {
    rl::atomic_thread_fence(rl::mo_seq_cst, $);
    const int before = cell_.exchange(value, rl::mo_relaxed, $);
    done(before, value, phrase, full);
    rl::atomic_thread_fence(rl::mo_seq_cst, $);
    return before;
  }
  bool compare_exchange(int from, int to, const char* phrase, Order order) {
    int expected = from;
    const bool did = cell_.compare_exchange_strong(expected, to, order, $);
    done(expected, did ? to : expected, phrase, name_of(order));
    return did;
  }

  /// Looks again until the word has the value.
  void wait_until(int value, const char* phrase, Order order = relaxed) {
    while (load(phrase, order) != value)
      rl::ctx().yield(1, $);
  }

  /// For claims: what was stored last, whoever may see it.
  [[nodiscard]] int newest() const { return newest_; }

 private:
  static constexpr auto full = "fully ordered";

  int done(int before, int after, const char* phrase, const char* order) {
    newest_ = after;
    note(phrase, name_, before, after, before, true, false, order);
    return before;
  }

  const char* name_;
  int newest_;
  rl::atomic<int> cell_;
};

/// Plain memory, which Relacy watches for races.
class Memory {
 public:
  Memory(const char* name, int initial) : name_(name), value_(initial) { cell_($) = initial; }

  int read(const char* phrase) {
    note(phrase, name_, value_, value_, value_, true);
    return cell_($);
  }
  void write(int value, const char* phrase) {
    note(phrase, name_, value_, value, 0, false);
    cell_($) = value;
    value_ = value;
  }

 private:
  const char* name_;
  int value_;
  rl::var<int> cell_;
};

/// Something that came to pass, for claims: no thread reads it.
class Fact {
 public:
  explicit Fact(const char* /*name*/) {}

  void comes_true(const char* phrase) {
    is_true_ = true;
    remark(phrase);
  }
  [[nodiscard]] bool is_true() const { return is_true_; }

 private:
  bool is_true_ = false;
};

/// A spinlock or a mutex.
class Lock {
 public:
  explicit Lock(const char* name) : name_(name) {}

  void lock(const char* phrase) {
    mutex_.lock($);
    note(phrase, name_, 0, self() + 1, 0, false, true);
  }
  void unlock(const char* phrase) {
    note(phrase, name_, self() + 1, 0, 0, false, true);
    mutex_.unlock($);
  }

 private:
  const char* name_;
  rl::mutex mutex_;
};

/// A wait queue with its lock, which is not shown in histories, and one waiter.
class WaitQueue {
 public:
  WaitQueue(const char* /*name*/, const char* woken) : woken_name_(woken) {}

  void lock() { mutex_.lock($); }
  void unlock() { mutex_.unlock($); }

  /// Of the waiter, who holds the lock.
  void sleep(const char* waits_for) {
    while (!is_woken_) {
      the_log.waits_for[self()] = waits_for;
      woken_.wait(mutex_, $);
    }
    the_log.waits_for[self()] = nullptr;
    is_woken_ = false;
  }

  void wake(const char* phrase) {
    mutex_.lock($);
    is_woken_ = true;
    woken_.notify_all($);
    mutex_.unlock($);
    note(phrase, woken_name_, 0, 1, 0, false);
  }

 private:
  const char* woken_name_;
  rl::mutex mutex_;
  rl::condition_variable woken_;
  bool is_woken_ = false;
};

/// How a task publishes that it is going to sleep.
enum class SetState { with_barrier, without_barrier };

/// A task that can sleep and be woken. The scheduler's own lock is not shown in histories.
class Task {
 public:
  explicit Task(const char* name) : state_(name, 0) {}

  /// set_current_state(TASK_UNINTERRUPTIBLE).
  void going_to_sleep(const char* phrase, SetState how = SetState::with_barrier) {
    state_.store(1, phrase);
    if (how == SetState::with_barrier) rl::atomic_thread_fence(rl::mo_seq_cst, $);
  }
  void running(const char* phrase) { state_.store(0, phrase); }

  /// schedule(): sleeps unless somebody has made it runnable since.
  void schedule(const char* waits_for) {
    rl::ctx().sched();
    mutex_.lock($);
    while (state_.newest() != 0) {
      the_log.waits_for[self()] = waits_for;
      woken_.wait(mutex_, $);
    }
    the_log.waits_for[self()] = nullptr;
    mutex_.unlock($);
  }

  /// wake_up_process(): has a full barrier before it looks at the state.
  void wake(const char* phrase) {
    mutex_.lock($);
    rl::atomic_thread_fence(rl::mo_seq_cst, $);
    make_runnable(phrase);
    mutex_.unlock($);
  }
  /// The same without the barrier: what a waker would do that only looks.
  void wake_without_barrier(const char* phrase) {
    if (state_.load(phrase) == 0) return;
    mutex_.lock($);
    make_runnable("wake it");
    mutex_.unlock($);
  }

 private:
  void make_runnable(const char* phrase) {
    if (state_.load(phrase) == 0) return;
    state_.store(0, "make it runnable");
    woken_.notify_all($);
  }

  Word state_;
  rl::mutex mutex_;
  rl::condition_variable woken_;
};

/// One execution of a protocol: made anew for each.
class Protocol {
 public:
  virtual ~Protocol() = default;
  virtual void thread(int number) = 0;
  /// When all threads have ended.
  virtual void after() {}
};

/// Makes the protocol in memory that is large and aligned enough.
using Factory = Protocol* (*)(void* memory, int variant);
inline constexpr int protocol_bytes_max = 1 << 15;

template <typename P>
Protocol* make(void* memory, int variant) {
  static_assert(sizeof(P) <= protocol_bytes_max);
  return ::new (memory) P(variant);
}

} // namespace stalemate::relacy
