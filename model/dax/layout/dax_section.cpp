#include "model/dax/layout/dax_section.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace stalemate::kernel::dax {

using Json = nlohmann::ordered_json;

namespace {

// Word i is the enumerator of Offset with value i.
const std::vector<Word>& offset_words() {
  static const std::vector<Word> words{
      {"hole", "no block; a store through the mapping allocates one"},
      {"mapped", "a block that no page table maps yet"},
      {"present", "a block that is mapped into the page table"},
  };
  return words;
}

} // namespace

Shape dax_section() {
  return object_of("key",
                   {{"offsets",
                     "The file at the start, one word per page",
                     list_of(word_of("layout word", offset_words()), 1, offsets_max),
                     Member::Need::merged},
                    {"free_blocks", "Blocks that nobody owns; 0 if absent", number_in(0, 2)}});
}

DaxLayout dax_layout(const Json& section) {
  DaxLayout layout;
  for (const Json& word : section["offsets"]) {
    const auto at =
        std::ranges::find(offset_words(), word.get_ref<const std::string&>(), &Word::name);
    layout.offsets.push_back(static_cast<Offset>(at - offset_words().begin()));
  }
  layout.free_blocks = section.value("free_blocks", 0);
  return layout;
}

} // namespace stalemate::kernel::dax
