// C7: inode_dio_wait() against inode_dio_end(); the wait for an idle page has the same shape.
//
// Keeps:   the waiter that queues itself, publishes its state with a full barrier and looks again;
//          the end that drops the count and looks at the queue without its lock.
// Drops:   the hashed queue of other waiters.
// Sources: atlas lockless C7.

#include "lockless/suites.hpp"

namespace stalemate::relacy {

namespace {

enum Variant { upstream, explicit_barriers, decrement_release, wrong_idle_value, new_io_allowed };

class DioWait : public Protocol {
 public:
  explicit DioWait(int variant)
      : variant_(static_cast<Variant>(variant)),
        count_("dio.count", variant == new_io_allowed ? 0 : 1) {}

  void thread(int number) override {
    if (number == 0) return wait();
    if (variant_ == new_io_allowed) start();
    end();
  }

 private:
  void wait() {
    in("inode_dio_wait");
    queue_lock_.lock("lock the wait queue");
    queued_.store(1, "queue for it");
    queue_lock_.unlock("unlock the wait queue");
    while (true) {
      new_round();
      task_.going_to_sleep("set the state");
      if (count_.load("is it idle?") == 0) break;
      task_.schedule("direct I/O to end");
    }
    task_.running("running again");
    in("xfs_free_file_space");
    freed_.comes_true("free the blocks");
  }

  void start() {
    in("iomap_dio_rw");
    count_.add_mb(1, "count direct I/O in flight");
    before("the device accesses the blocks");
    claim("no_foreign_dma", !freed_.is_true(), "the device accesses blocks that were freed");
  }

  void end() {
    in("inode_dio_end");
    const bool is_weak = variant_ == decrement_release;
    if (variant_ == explicit_barriers) smp_mb();
    const int before =
        is_weak ? count_.add(-1, "drop the count", release) : count_.add_mb(-1, "drop the count");
    if (variant_ == explicit_barriers) smp_mb();
    const int wakes_at = variant_ == wrong_idle_value ? -1 : 0;
    if (before - 1 != wakes_at) return;
    if (queued_.load("does anybody wait?") == 0) return;
    queue_lock_.lock("lock the wait queue");
    task_.wake("does the waiter sleep?");
    queue_lock_.unlock("unlock the wait queue");
  }

  Variant variant_;
  Word count_;
  Word queued_{"queue", 0};
  Lock queue_lock_{"queue.lock"};
  Task task_{"task.state"};
  Fact freed_{"blocks.freed"};
};

} // namespace

Protocol* make_dio_wait(void* memory, int variant) {
  return make<DioWait>(memory, variant);
}

} // namespace stalemate::relacy
