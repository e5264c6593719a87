#pragma once

#include "model/scenario/word.hpp"

#include <vector>

namespace stalemate::kernel::iomap {

/// Words for enum Extent and enum Content: word i is the enumerator with value i.
[[nodiscard]] const std::vector<Word>& extent_words();
[[nodiscard]] const std::vector<Word>& content_words();

} // namespace stalemate::kernel::iomap
