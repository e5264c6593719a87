#include "model/dax/dax.hpp"
#include "model/dax/knobs/readers.hpp"
#include "model/iomap/iomap.hpp"
#include "model/iomap/knobs/readers.hpp"
#include "model/iomap/layout/small_section.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/variety.hpp"
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

const Variety* variety_of(const Subsystem& subsystem) {
  static const std::map<std::string, Variety> all{
      {"iomap", iomap::file_variety()},
  };
  const auto found = all.find(subsystem.name);
  return found == all.end() ? nullptr : &found->second;
}

} // namespace stalemate::kernel
