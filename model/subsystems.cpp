#include "model/dax/dax.hpp"
#include "model/iomap/iomap.hpp"
#include "model/lockless/lockless.hpp"
#include "model/stable_pages/stable_pages.hpp"
#include "model/swap/swap.hpp"

namespace stalemate::kernel {

const std::vector<Subsystem>& subsystems() {
  static const std::vector<Subsystem> all{
      iomap::subsystem(),
      dax::subsystem(),
      stable_pages::subsystem(),
      swap::subsystem(),
      lockless::subsystem(),
  };
  return all;
}

} // namespace stalemate::kernel
