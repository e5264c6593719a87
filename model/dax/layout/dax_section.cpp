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

std::vector<SmallLayout> layouts(int offsets, const Varied& /*varied*/) {
  std::vector<SmallLayout> all;
  for (const auto& file : sequences(offsets, static_cast<int>(offset_words().size()))) {
    SmallLayout layout;
    Json words = Json::array();
    for (const int word : file) {
      const std::string& name = offset_words()[static_cast<std::size_t>(word)].name;
      layout.start += (words.empty() ? "" : " | ") + name;
      words.push_back(name);
    }
    layout.section = {{"offsets", std::move(words)}};
    all.push_back(std::move(layout));
  }
  return all;
}

Room room(const Json& section) {
  const int offsets = static_cast<int>(section["offsets"].size());
  return {.highest = {{"at", offsets - 1}},
          .lowest = {{"times", 1}},
          .places = {"at"},
          .length = "pages"};
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

Variety dax_variety() {
  return {.unit = "page",
          .layouts = layouts,
          .room = room,
          .numbers = {"free_blocks"},
          .is_judged_alone = false};
}

} // namespace stalemate::kernel::dax
