#include "model/swap/objects/fair_lock.hpp"

#include "checker/builder/path.hpp"

namespace stalemate::kernel::swap {

using namespace build;

Alternative FairLock::queue(const Path& path) const {
  return always()
      .wait(waiting == 0, "another writer that waits for " + name, waiting)
      .then(waiting = path.self());
}

Alternative FairLock::take() const {
  return build::take(lock).then(waiting = 0);
}

Alternative FairLock::take_shared(const Path& path) const {
  const Expr writer = select(waiting != 0, waiting, lock.holder);
  return always()
      .wait(waiting == 0 && lock.holder == 0, name + " behind a writer", writer)
      .then(lock.readers[path.number()] = true);
}

FairLock declare_fair_lock(Model& model, const std::string& name) {
  return {.lock = model.shared_lock(name),
          .waiting = model.holders(name + ".waiting_writer", 1)[0],
          .name = name};
}

} // namespace stalemate::kernel::swap
