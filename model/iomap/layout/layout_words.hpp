#pragma once

#include "model/scenario/word.hpp"

#include <vector>

namespace stalemate::kernel::iomap {

/// Words for enum BlockWord, for those of enum Extent that the COW fork can start with, and for
/// enum Content: word i is the enumerator with value i. The last one of each of the latter two
/// stands for the first, so that what a trace prints can be said.
[[nodiscard]] const std::vector<Word>& block_words();
[[nodiscard]] const std::vector<Word>& cow_words();
[[nodiscard]] const std::vector<Word>& content_words();

} // namespace stalemate::kernel::iomap
