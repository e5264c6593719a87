#include "model/iomap/layout/layout_words.hpp"

namespace stalemate::kernel::iomap {

const std::vector<Word>& block_words() {
  static const std::vector<Word> words{
      {"hole", "no space, reads as zeroes"},
      {"delalloc", "space is reserved but not allocated; the data is only in the page cache"},
      {"unwritten", "space is allocated, reads as zeroes until it is converted"},
      {"mapped", "space is allocated and written"},
      {"shared", "the same, and another file has it as well: it must not be written in place"},
  };
  return words;
}

const std::vector<Word>& cow_words() {
  static const std::vector<Word> words{
      {"none", "nothing is to be copied on write"},
      {"delalloc", "space is reserved for the copy"},
      {"unwritten", "space is allocated for the copy"},
      {"hole", "the same as none, as traces print it"},
  };
  return words;
}

const std::vector<Word>& content_words() {
  static const std::vector<Word> words{
      {"zero", "zeroes"},
      {"old", "data of an earlier write"},
      {"zeroes", "the same as zero, as traces print it"},
  };
  return words;
}

} // namespace stalemate::kernel::iomap
