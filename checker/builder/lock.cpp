#include "checker/builder/lock.hpp"

namespace stalemate::build {

namespace {

Expr running(int processes) {
  return Expr(ir::self(processes));
}

Effect give_up(const Place& holder, int processes) {
  const Effect free = holder = 0;
  return Effect(free.parts().front().effect, (holder == running(processes)).node());
}

ir::Wait wait_for(const Place& place, const Expr& until) {
  ir::Wait wait;
  wait.until = until.node();
  wait.place = place.node();
  wait.holders.push_back(place.node());
  wait.acquires = true;
  return wait;
}

} // namespace

Effect release(const Lock& lock) {
  return give_up(lock.holder, lock.processes);
}

Effect release(const SharedLock& lock) {
  return give_up(lock.holder, lock.processes());
}

Effect release_shared(const SharedLock& lock) {
  const Place mine = lock.readers[running(lock.processes()) - 1];
  return Effect((mine = false).parts().front().effect, mine.node());
}

Taking taking(const Lock& lock) {
  return {wait_for(lock.holder, lock.is_free()), lock.holder = running(lock.processes)};
}

Taking taking(const SharedLock& lock) {
  Taking all{wait_for(lock.holder, lock.is_free()), lock.holder = running(lock.processes())};
  for (int p = 0; p < lock.processes(); ++p)
    all.wait.holders.push_back(select(lock.readers[p], p + 1, 0).node());
  return all;
}

Taking taking_shared(const SharedLock& lock) {
  return {wait_for(lock.holder, lock.holder == 0),
          lock.readers[running(lock.processes()) - 1] = true};
}

} // namespace stalemate::build
