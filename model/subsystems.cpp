#include "model/iomap/iomap.hpp"

namespace stalemate::kernel {

const std::vector<Subsystem>& subsystems() {
  static const std::vector<Subsystem> all{iomap::subsystem()};
  return all;
}

} // namespace stalemate::kernel
