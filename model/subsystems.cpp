#include "model/dax/dax.hpp"
#include "model/dax/knobs/readers.hpp"
#include "model/dax/layout/dax_section.hpp"
#include "model/iomap/iomap.hpp"
#include "model/iomap/knobs/readers.hpp"
#include "model/iomap/layout/small_section.hpp"
#include "model/lockless/lockless.hpp"
#include "model/scenario/variety.hpp"
#include "model/stable_pages/knobs/readers.hpp"
#include "model/stable_pages/layout/anon_section.hpp"
#include "model/stable_pages/stable_pages.hpp"
#include "model/swap/knobs/readers.hpp"
#include "model/swap/layout/memory_section.hpp"
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

std::vector<std::vector<int>> sequences(int length, int values) {
  std::vector<std::vector<int>> all{{}};
  for (int i = 0; i < length; ++i) {
    std::vector<std::vector<int>> longer;
    for (const auto& one : all)
      for (int value = 0; value < values; ++value) {
        longer.push_back(one);
        longer.back().push_back(value);
      }
    all = std::move(longer);
  }
  return all;
}

const Variety* variety_of(const Subsystem& subsystem) {
  static const std::map<std::string, Variety> all{
      {"iomap", iomap::file_variety()},
      {"dax", dax::dax_variety()},
      {"stable_pages", stable_pages::anon_variety()},
      {"swap", swap::memory_variety()},
  };
  const auto found = all.find(subsystem.name);
  return found == all.end() ? nullptr : &found->second;
}

} // namespace stalemate::kernel
