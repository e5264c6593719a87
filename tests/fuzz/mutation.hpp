#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace stalemate::fuzz {

/// Changes inputs, always in the same way for the same seed. Only the engine's raw numbers are
/// used: distributions differ between standard libraries.
class Mutator {
 public:
  /// `known`: inputs of which pieces turn up in others.
  Mutator(std::uint64_t seed, const std::vector<std::string>& known)
      : random_(seed), known_(known) {}

  /// One of the known ones, changed in one to eight places.
  std::string next();

 private:
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
  void change(std::string& text);
  void change_word(std::string& text);
  std::string piece();

  std::mt19937_64 random_;
  const std::vector<std::string>& known_;
};

} // namespace stalemate::fuzz
