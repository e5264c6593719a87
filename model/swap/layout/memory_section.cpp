#include "model/swap/layout/memory_section.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace stalemate::kernel::swap {

using Json = nlohmann::ordered_json;

namespace {

// In the order of the enumerations.
const std::vector<Word>& backing_words() {
  static const std::vector<Word> words{
      {"written", "blocks of the file alone, with data"},
      {"unwritten", "blocks of the file alone; a read gives zeroes until they are converted"},
      {"hole", "nothing"},
      {"delalloc", "a reservation"},
      {"inline_data", "the inode itself"},
      {"shared", "blocks that another file has too"},
      {"other_device", "blocks of a device that is not the superblock's"},
      {"misaligned", "a run of blocks that begins in the middle of a page"},
      {"sequential_zone", "a full zone that takes no overwrites"},
  };
  return words;
}

const std::vector<Word>& where_words() {
  static const std::vector<Word> words{
      {"memory", "in a page frame, dirty and mapped"},
      {"swap", "in the slot of its number, mapped by no one"},
      {"cached", "likewise, and in the swap cache"},
      {"zswap", "in zswap for the slot of its number, whose block has something else"},
  };
  return words;
}

const std::vector<Word>& log_words() {
  static const std::vector<Word> words{
      {"free", "free"},
      {"in_ail", "taken by an item that waits to be written back"},
      {"relogged", "taken by an item that waits to be written back and is pinned by the CIL"},
  };
  return words;
}

template <typename E>
std::vector<E> listed(const Json& section, const char* key, const std::vector<Word>& words) {
  std::vector<E> result;
  for (const Json& word : section.value(key, Json::array())) {
    const auto at = std::ranges::find(words, word.get_ref<const std::string&>(), &Word::name);
    result.push_back(static_cast<E>(at - words.begin()));
  }
  return result;
}

Shape words_of(const std::vector<Word>& words, std::size_t low, std::size_t high) {
  return list_of(word_of("layout word", words), low, high);
}

/// Pages that are in zswap, and slots that are not written, are there if they are varied.
std::vector<SmallLayout> layouts(int pages, const Varied& varied) {
  const bool has_zswap = varied.contains("zswap");
  const auto places = static_cast<int>(where_words().size()) - (has_zswap ? 0 : 1);
  const auto backings = varied.contains("slots") ? static_cast<int>(backing_words().size()) : 1;
  std::vector<SmallLayout> all;
  for (const auto& where : sequences(pages, places))
    for (const auto& backing : sequences(pages, backings)) {
      SmallLayout layout;
      layout.section = {{"free", free_max - 1}, {"pages", Json::array()}, {"slots", Json::array()}};
      for (std::size_t i = 0; i < where.size(); ++i) {
        const std::string& page = where_words()[static_cast<std::size_t>(where[i])].name;
        const std::string& slot = backing_words()[static_cast<std::size_t>(backing[i])].name;
        layout.start += (i == 0 ? "" : " | ") + page;
        if (backing[i] != 0) layout.start += ", slot " + slot;
        layout.section["pages"].push_back(page);
        layout.section["slots"].push_back(slot);
      }
      if (has_zswap) layout.section["zswap"] = {{"entries", entries_max}};
      all.push_back(std::move(layout));
    }
  return all;
}

Room room(const Json& section) {
  const auto pages = static_cast<int>(section["pages"].size());
  return {.highest = {{"page", pages - 1},
                      {"space", section.value("address_spaces", 1) - 1},
                      {"passes", 2},
                      {"writes", 1},
                      {"reads", 1}},
          .lowest = {{"passes", 1}},
          .places = {"page", "space", "passes", "writes"},
          .length = ""};
}

} // namespace

Shape memory_section() {
  return object_of(
      "key",
      {{"free", "Pages on the free list; 1 if absent", number_in(0, free_max)},
       {"min",
        "The watermark that keeps the last pages for tasks in reclaim; 0 if absent",
        number_in(0, free_max)},
       {"failures",
        "How many allocations of tasks in reclaim may fail at any time; 0 if absent",
        number_in(0, 3)},
       {"io_errors", "How often the swap device may fail; 0 if absent", number_in(0, 3)},
       {"address_spaces", "Forked processes that map the pages; 1 if absent", number_in(1, 2)},
       {"frames",
        "Page frames that anonymous pages can use; as many as can be in use at once if absent",
        number_in(0, frames_max)},
       {"pages",
        "Where each anonymous page is",
        words_of(where_words(), 0, pages_max),
        Member::Need::merged},
       {"slots",
        "What each page of the swap file lies on",
        words_of(backing_words(), 0, slots_max),
        Member::Need::merged},
       {"second_area",
        "How many slots, from the last one, belong to another area that stays; 0 if absent",
        number_in(0, slots_max - 1)},
       {"zswap",
        "What zswap can take; absent if there is none",
        object_of("key",
                  {{"entries", "How many pages", number_in(1, entries_max), Member::Need::merged},
                   {"failures",
                    "How often it may refuse a page although there is room: it is switched off, or "
                    "has no memory for it; 0 if absent",
                    number_in(0, 2)}})},
       {"log",
        "The log's space, unit by unit; absent where it does not matter",
        words_of(log_words(), 0, 2)}});
}

MemoryLayout memory_layout(const Json& section) {
  MemoryLayout layout;
  layout.free = section.value("free", layout.free);
  layout.min = section.value("min", layout.min);
  layout.failures = section.value("failures", layout.failures);
  layout.io_errors = section.value("io_errors", layout.io_errors);
  layout.address_spaces = section.value("address_spaces", layout.address_spaces);
  layout.frames = section.value("frames", layout.frames);
  layout.pages = listed<Where>(section, "pages", where_words());
  layout.slots = listed<Backing>(section, "slots", backing_words());
  layout.second_area = section.value("second_area", layout.second_area);
  if (section.contains("zswap")) {
    layout.zswap.entries = section["zswap"].value("entries", 0);
    layout.zswap.failures = section["zswap"].value("failures", 0);
  }
  layout.log = listed<LogUnit>(section, "log", log_words());
  return layout;
}

Variety memory_variety() {
  return {.unit = "page",
          .layouts = layouts,
          .room = room,
          .lists = {"slots", "zswap"},
          .numbers = {"address_spaces", "failures", "free", "frames", "io_errors", "min"},
          .is_judged_alone = false};
}

} // namespace stalemate::kernel::swap
