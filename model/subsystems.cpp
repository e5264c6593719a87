#include "model/dax/dax.hpp"
#include "model/iomap/iomap.hpp"

namespace stalemate::kernel {

const std::vector<Subsystem>& subsystems() {
  static const std::vector<Subsystem> all{iomap::subsystem(), dax::subsystem()};
  return all;
}

} // namespace stalemate::kernel
