#include "model/dax/dax.hpp"
#include "model/dax/knobs/readers.hpp"
#include "model/iomap/iomap.hpp"
#include "model/iomap/knobs/readers.hpp"
#include "model/lockless/lockless.hpp"
#include "model/stable_pages/knobs/readers.hpp"
#include "model/stable_pages/stable_pages.hpp"
#include "model/swap/knobs/readers.hpp"
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

const Readers& readers_of(const Subsystem& subsystem) {
  static const std::map<std::string, Readers> all{
      {"iomap", iomap::readers()},
      {"dax", dax::readers()},
      {"stable_pages", stable_pages::readers()},
      {"swap", swap::readers()},
      {"lockless", {}},
  };
  return all.at(subsystem.name);
}

} // namespace stalemate::kernel
