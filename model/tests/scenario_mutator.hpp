#pragma once

#include "model/scenario/json_text.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// Changes a scenario file so that it stays JSON: takes out, repeats and exchanges parts of it,
/// makes them something else, and changes words in strings. The same seed does the same.
class ScenarioMutator {
 public:
  explicit ScenarioMutator(unsigned seed) : random_(seed) {}

  [[nodiscard]] std::string mutate(const std::string& text);

 private:
  using Pointers = std::vector<Json::json_pointer>;

  std::size_t below(std::size_t limit) { return random_() % limit; }
  void change(Json& json);
  Json retyped(const Json& value);
  std::string mangled(const std::string& text, const std::string& other);

  std::mt19937 random_; ///< Only its raw numbers: distributions differ between libraries.
};

} // namespace stalemate::kernel
