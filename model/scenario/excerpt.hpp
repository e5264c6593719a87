#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stalemate::kernel {

/// The text in one line that is safe on any terminal: control characters, invisible ones and bytes
/// that are not UTF-8 are escaped; after `characters_max` characters it is cut and ends in "...".
[[nodiscard]] std::string printable(std::string_view text, std::size_t characters_max = 60);

/// The same between double quotes.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t characters_max = 60);

/// How many single-character changes, swaps of neighbours included, turn one word into the other.
/// Looks at the first 64 bytes of each.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b);

/// "a, b, c": the words, those most like `word` first, otherwise in their order; at most
/// `words_max` of them.
[[nodiscard]] std::string
nearest_first(std::string_view word, std::vector<std::string> known, std::size_t words_max = 8);

/// `unknown knob "iomap_vald"; known: iomap_valid, ...`
[[nodiscard]] std::string unknown(const std::string& noun,
                                  std::string_view word,
                                  std::vector<std::string> known,
                                  std::size_t words_max = 8);

} // namespace stalemate::kernel
