#include "model/iomap/layout/file_section.hpp"

#include "model/iomap/layout/layout_words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace stalemate::kernel::iomap {

using Json = nlohmann::ordered_json;

namespace {

int index_of(const std::vector<Word>& words, const Json& word) {
  const auto at = std::ranges::find(words, word.get_ref<const std::string&>(), &Word::name);
  return static_cast<int>(at - words.begin());
}

/// The number of a word whose last one stands for the first.
int index_or_first(const std::vector<Word>& words, const Json& word) {
  return index_of(words, word) % (static_cast<int>(words.size()) - 1);
}

std::vector<Content> contents(const Json& list) {
  std::vector<Content> result;
  for (const Json& word : list)
    result.push_back(static_cast<Content>(index_or_first(content_words(), word)));
  return result;
}

/// Numbers of blocks in a folio, if it says which.
std::optional<std::vector<int>> blocks_of(const Json& folio, const char* key) {
  if (!folio.contains(key)) return std::nullopt;
  return folio[key].get<std::vector<int>>();
}

} // namespace

Shape file_section() {
  const Shape content = word_of("layout word", content_words());
  const Shape inside = list_of(number_in(0, blocks_per_folio_max - 1), 0, blocks_per_folio_max);
  const Shape cached = object_of(
      "key",
      {{"folio", "Its index in the file", number_in(0, blocks_max - 1), Member::Need::always},
       {"dirty", "Whether it holds data that is not on disk yet", truth_shape()},
       {"data",
        "What each of its segments holds; what the disk says if absent",
        list_of(content, 1, std::size_t{blocks_per_folio_max} * segments_per_block_max)},
       {"dirty_blocks",
        "Which of its blocks are dirty, counted in it; all or none if absent",
        inside},
       {"uptodate_blocks",
        "Which of its blocks are uptodate, counted in it; all if absent",
        inside}});
  return object_of(
      "key",
      {{"blocks_per_folio", "Blocks in a folio; 1 if absent", number_in(1, blocks_per_folio_max)},
       {"large_folios",
        "A block is a page, so that a folio of several is split when a part of it goes",
        truth_shape()},
       {"segments_per_block",
        "Parts of a block that are written and checked on their own; 2 if absent",
        number_in(1, segments_per_block_max)},
       {"blocks",
        "The extent map at the start, one word per block",
        list_of(word_of("layout word", block_words()), 1, blocks_max),
        Member::Need::merged},
       {"cow",
        "The COW fork at the start, one word per block; nothing if absent",
        list_of(word_of("layout word", cow_words()), 1, blocks_max)},
       {"cow_extent_size",
        "Reservations in the COW fork are rounded to this many blocks; 1 if absent",
        number_in(1, blocks_max)},
       {"preallocation",
        "A write that makes the file longer reserves this many blocks behind itself; 0 if absent",
        number_in(0, blocks_max)},
       {"cached", "Folios in the page cache at the start", list_of(cached, 0, blocks_max)},
       {"disk",
        "What each segment of each block holds on disk; old data in mapped blocks if absent",
        list_of(list_of(content, 0, segments_per_block_max), 1, blocks_max)},
       {"size",
        "The file's size in segments; the end of the last block if absent",
        number_in(0, std::int64_t{blocks_max} * segments_per_block_max)},
       {"write_errors",
        "How often the device may fail a write of the page cache; 0 if absent",
        number_in(0, errors_max)},
       {"map_errors",
        "How often writeback may fail to allocate what is reserved; 0 if absent",
        number_in(0, errors_max)},
       {"read_errors",
        "How often reading a block into the page cache may fail; 0 if absent",
        number_in(0, errors_max)}});
}

FileLayout file_layout(const Json& section) {
  FileLayout layout;
  layout.blocks_per_folio = section.value("blocks_per_folio", layout.blocks_per_folio);
  layout.large_folios = section.value("large_folios", layout.large_folios);
  layout.segments_per_block = section.value("segments_per_block", layout.segments_per_block);
  for (const Json& word : section["blocks"]) {
    const auto block = static_cast<BlockWord>(index_of(block_words(), word));
    layout.shared.push_back(block == BlockWord::shared);
    layout.blocks.push_back(layout.shared.back() ? Extent::mapped : static_cast<Extent>(block));
  }
  for (const Json& word : section.value("cow", Json::array()))
    layout.cow.push_back(static_cast<Extent>(index_or_first(cow_words(), word)));
  layout.cow_extent_size = section.value("cow_extent_size", layout.cow_extent_size);
  layout.preallocation = section.value("preallocation", layout.preallocation);
  for (const Json& folio : section.value("cached", Json::array()))
    layout.cached.push_back({folio["folio"].get<int>(),
                             folio.value("dirty", folio.contains("dirty_blocks")),
                             contents(folio.value("data", Json::array())),
                             blocks_of(folio, "dirty_blocks"),
                             blocks_of(folio, "uptodate_blocks")});
  for (const Json& block : section.value("disk", Json::array()))
    layout.disk.push_back(contents(block));
  if (section.contains("size")) layout.size = section["size"].get<int>();
  layout.write_errors = section.value("write_errors", layout.write_errors);
  layout.map_errors = section.value("map_errors", layout.map_errors);
  layout.read_errors = section.value("read_errors", layout.read_errors);
  return layout;
}

} // namespace stalemate::kernel::iomap
