#pragma once

#include "model/knobs/kernel.hpp"
#include "model/knobs/word.hpp"

#include <functional>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// A switch of the modelled kernel, described by itself: what `list knobs`, the schema and the
/// scenario reader know about it comes from here.
struct Knob {
  std::string name;
  std::string text;   ///< One line, no full stop.
  std::string source; ///< Where it comes from: a commit, a message, a section of the atlas.

  enum class Type : std::uint8_t { words, number, boolean };
  Type type = Type::words;
  std::vector<Word> values;                ///< Of words: value i is values[i].
  int low = 0;                             ///< Of number, included.
  int high = 0;                            ///< Of number, included.
  std::function<void(Kernel&, int)> set;   ///< Takes the index of the word, or the number.
  std::function<int(const Kernel&)> value; ///< The same, read back; gives the default too.
};

/// Every knob, in the order in which they are listed. To add one: a member in Kernel, a line here.
[[nodiscard]] const std::vector<Knob>& knobs();

} // namespace stalemate::kernel
