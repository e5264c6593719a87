#include "model/scenario/version.hpp"

namespace stalemate::kernel {

const std::vector<Word>& versions() {
  static const std::vector<Word> all{
      {"v6.1", "Debian's 6.1.192, with the validity check and the clone's flag that it backported"},
      {"v6.6", "6.6.123"},
      {"v6.12", "6.12.19"},
      {"v6.18", "6.18.35; what is said of it goes for 6.13 to 6.17, too, but for details"},
      {"v7.0", "7.0.9"},
      {"v7.1", "7.1-rc4"},
  };
  return all;
}

const std::string& name_of(Version version) {
  return versions()[static_cast<std::size_t>(version)].name;
}

} // namespace stalemate::kernel
