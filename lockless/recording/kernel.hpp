// The primitives of lockless/kernel.hpp once more, recorded. For the search, under sequential
// consistency, each access is a step, and barriers and orders mean nothing; for a litmus test they
// are written down.
//
// Keeps:   what an operation does, in one step; sleeping and waking; who may access plain memory
//          while somebody stores to it: nobody. A store to it therefore takes two steps.
// Drops:   the values of plain memory, which no protocol decides by; the scheduler's own lock.
// Atomic:  schedule() is one step that waits until the task is runnable: what it looks at under the
//          scheduler's lock cannot change between the look and the sleep unnoticed.
#pragma once

#include "lockless/recording/recorder.hpp"

#include <string>

namespace stalemate::relacy {

// So that these and Relacy's are different classes for the linker, too.
inline namespace recorded {

using recording::Access;
using recording::Change;
using recording::Object;
using recording::the_recorder;

using Order = Access::Order;
inline constexpr Order relaxed = Order::relaxed;
inline constexpr Order acquire = Order::acquire;
inline constexpr Order release = Order::release;
inline constexpr Order acq_rel = Order::acq_rel;
inline constexpr Order seq_cst = Order::seq_cst;

inline void in(const char* function) {
  the_recorder.in(function);
}

inline void claim(const char* name, bool holds, const char* text) {
  if (!holds) the_recorder.breaks(name, text);
}

inline void smp_mb(const char* phrase = "full barrier") {
  the_recorder.access({.kind = Access::Kind::full_barrier, .phrase = phrase});
}
inline void smp_wmb(const char* phrase = "write barrier") {
  the_recorder.access({.kind = Access::Kind::write_barrier, .phrase = phrase});
}
inline void smp_rmb(const char* phrase = "read barrier") {
  the_recorder.access({.kind = Access::Kind::read_barrier, .phrase = phrase});
}
inline void smp_acquire__after_ctrl_dep(const char* phrase) {
  the_recorder.access({.kind = Access::Kind::control_barrier, .phrase = phrase});
}

inline void before(const char* phrase) {
  the_recorder.begin(phrase);
}

inline void remark(const char* /*text*/) {}

inline void new_round() {
  the_recorder.new_round();
}

class Word {
 public:
  Word(const char* name, int initial, int highest = 1)
      : number_(the_recorder.declare({name, Object::Kind::number, initial, highest})) {}

  int load(const char* phrase, Order order = relaxed) {
    the_recorder.begin(phrase);
    the_recorder.access({.kind = Access::Kind::load, .object = number_, .order = order});
    return the_recorder.read(number_);
  }
  void store(int value, const char* phrase, Order order = relaxed) {
    the_recorder.begin(phrase);
    the_recorder.access({Access::Kind::store, number_, value, order});
    the_recorder.change(number_, Change::Kind::set, value);
  }
  int add(int value, const char* phrase, Order order) {
    return changed(Access::Kind::add, Change::Kind::add, value, phrase, order);
  }
  int set_bits(int bits, const char* phrase, Order order) {
    return changed(Access::Kind::set_bits, Change::Kind::set_bit, bits, phrase, order);
  }
  int clear_bits(int bits, const char* phrase, Order order) {
    return changed(Access::Kind::clear_bits, Change::Kind::clear_bit, bits, phrase, order);
  }
  int add_mb(int value, const char* phrase) { return add(value, phrase, Order::full); }
  int exchange_mb(int value, const char* phrase) {
    return changed(Access::Kind::exchange, Change::Kind::set, value, phrase, Order::full);
  }
  bool compare_exchange(int from, int to, const char* phrase, Order order) {
    the_recorder.begin(phrase);
    the_recorder.access({Access::Kind::compare_exchange, number_, to, order, from});
    if (the_recorder.read(number_) != from) return false;
    the_recorder.change(number_, Change::Kind::set, to);
    return true;
  }
  void wait_until(int value, const char* phrase, Order order = relaxed) {
    the_recorder.begin(phrase);
    the_recorder.access({Access::Kind::spin, number_, value, order});
    the_recorder.wait_until(number_, value, "");
  }

  [[nodiscard]] int newest() const { return the_recorder.look(number_); }

 private:
  friend class Task;

  int changed(Access::Kind access, Change::Kind kind, int value, const char* phrase, Order order) {
    the_recorder.begin(phrase);
    the_recorder.access({access, number_, value, order});
    const int was = the_recorder.read(number_);
    the_recorder.change(number_, kind, value);
    return was;
  }

  int number_;
};

class Memory {
 public:
  Memory(const char* name, int initial)
      : number_(the_recorder.declare({std::string(name) + ".being_written",
                                      Object::Kind::boolean,
                                      0,
                                      1,
                                      std::string(name),
                                      initial})) {}

  void read(const char* phrase) { access({Access::Kind::plain_read, number_}, phrase); }
  void write(int value, const char* phrase) {
    access({Access::Kind::plain_write, number_, value}, phrase);
    the_recorder.change(number_, Change::Kind::set, 1);
    the_recorder.begin((std::string(phrase) + ": done").c_str());
    the_recorder.change(number_, Change::Kind::set, 0);
  }

 private:
  void access(const Access& access, const char* phrase) {
    the_recorder.begin(phrase);
    the_recorder.access(access);
    claim("no_data_race",
          the_recorder.see(number_) == 0,
          "two threads access the same memory, one of them writes, nothing orders them");
  }

  int number_;
};

class Fact {
 public:
  explicit Fact(const char* name)
      : number_(the_recorder.declare({name, Object::Kind::boolean, 0, 1})) {}

  void comes_true(const char* phrase) {
    the_recorder.begin(phrase);
    the_recorder.access({Access::Kind::store, number_, 1});
    the_recorder.change(number_, Change::Kind::set, 1);
  }
  [[nodiscard]] bool is_true() const { return the_recorder.look(number_) != 0; }

 private:
  int number_;
};

class Lock {
 public:
  explicit Lock(const char* name)
      : number_(the_recorder.declare({name, Object::Kind::lock, 0, 1})) {}

  void lock(const char* phrase) {
    the_recorder.begin(phrase);
    take();
  }
  void unlock(const char* phrase) {
    the_recorder.begin(phrase);
    drop();
  }

 private:
  friend class WaitQueue;

  void take() {
    the_recorder.access({Access::Kind::take, number_});
    the_recorder.wait_until(number_, 0, "");
    the_recorder.change(number_, Change::Kind::take, 1);
  }
  void drop() {
    the_recorder.access({Access::Kind::drop, number_});
    the_recorder.change(number_, Change::Kind::set, 0);
  }

  int number_;
};

class WaitQueue {
 public:
  WaitQueue(const char* name, const char* woken)
      : lock_(name), woken_(the_recorder.declare({woken, Object::Kind::boolean, 0, 1})) {}

  void lock() { lock_.lock("lock the wait queue"); }
  void unlock() { lock_.unlock("unlock the wait queue"); }

  void sleep(const char* waits_for) {
    the_recorder.begin("queue and sleep");
    lock_.drop();
    the_recorder.begin("wake up");
    lock_.take();
    the_recorder.access({Access::Kind::sleep, woken_, 1});
    the_recorder.wait_until(woken_, 1, waits_for);
    the_recorder.access({Access::Kind::store, woken_, 0});
    the_recorder.change(woken_, Change::Kind::set, 0);
  }

  void wake(const char* phrase) {
    lock();
    the_recorder.begin(phrase);
    the_recorder.access({Access::Kind::store, woken_, 1});
    the_recorder.change(woken_, Change::Kind::set, 1);
    unlock();
  }

 private:
  Lock lock_;
  int woken_;
};

enum class SetState { with_barrier, without_barrier };

class Task {
 public:
  explicit Task(const char* name) : state_(name, 0) {}

  void going_to_sleep(const char* phrase, SetState how = SetState::with_barrier) {
    state_.store(1, phrase);
    if (how == SetState::with_barrier) smp_mb("set_current_state()");
  }
  void running(const char* phrase) { state_.store(0, phrase); }
  void schedule(const char* waits_for) {
    the_recorder.begin("schedule");
    the_recorder.access({Access::Kind::sleep, state_.number_, 0});
    the_recorder.wait_until(state_.number_, 0, waits_for);
  }
  void wake(const char* phrase) {
    smp_mb("wake_up_process()");
    wake_without_barrier(phrase);
  }
  void wake_without_barrier(const char* phrase) {
    if (state_.load(phrase) != 0) state_.store(0, "make it runnable");
  }

 private:
  Word state_;
};

class Protocol {
 public:
  virtual ~Protocol() = default;
  virtual void thread(int number) = 0;
  virtual void after() {}
};

using Factory = Protocol* (*)(void* memory, int variant);

template <typename P>
Protocol* make(void* /*memory*/, int variant) {
  return new P(variant);
}

} // namespace recorded

} // namespace stalemate::relacy
