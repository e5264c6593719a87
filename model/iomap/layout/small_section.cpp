// Every section `file` of so many blocks: the extent map, the COW fork, the size, and what of it is
// cached. What means the same is there once: a clean folio holds what the disk does, a size is
// always given, a COW fork only where it has something.

#include "model/iomap/layout/small_section.hpp"

#include "model/iomap/layout/layout_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel::iomap {

namespace {

constexpr int segments_per_block = 2;

Json words_of(const std::vector<int>& numbers, const std::vector<Word>& words) {
  Json list = Json::array();
  for (const int number : numbers)
    list.push_back(words[static_cast<std::size_t>(number)].name);
  return list;
}

/// The words of a list whose last one stands for the first.
int distinct(const std::vector<Word>& words) {
  return static_cast<int>(words.size()) - 1;
}

std::vector<Json> contents() {
  std::vector<Json> all;
  for (const auto& one : sequences(segments_per_block, distinct(content_words())))
    all.push_back(words_of(one, content_words()));
  return all;
}

/// What can be cached of a folio: nothing, what the disk holds, or dirty data of each content.
std::vector<Json> cached_folios() {
  std::vector<Json> all{nullptr, Json::object()};
  for (const Json& data : contents())
    all.push_back({{"dirty", true}, {"data", data}});
  return all;
}

Json cached(const std::vector<int>& folios) {
  static const std::vector<Json> states = cached_folios();
  Json list = Json::array();
  for (std::size_t f = 0; f < folios.size(); ++f) {
    const Json& state = states[static_cast<std::size_t>(folios[f])];
    if (state.is_null()) continue;
    Json folio = {{"folio", f}};
    folio.update(state);
    list.push_back(std::move(folio));
  }
  return list;
}

std::string start_of(const std::vector<int>& blocks, const std::vector<int>& cow) {
  std::string text;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    text += (b == 0 ? "" : " | ") + block_words()[static_cast<std::size_t>(blocks[b])].name;
    if (cow[b] != 0) text += ", copy " + cow_words()[static_cast<std::size_t>(cow[b])].name;
  }
  return text;
}

/// The content on disk of a file with these blocks; one empty list if it is as usual.
std::vector<Json> disks(const std::vector<int>& blocks, bool is_varied) {
  std::vector<Json> all{Json::array()};
  if (!is_varied) return all;
  static const std::vector<Json> some = contents();
  for (const int block : blocks) {
    const std::string& word = block_words()[static_cast<std::size_t>(block)].name;
    const bool has_data = word == "mapped" || word == "shared";
    std::vector<Json> longer;
    for (const Json& one : all)
      for (const Json& content : has_data ? some : std::vector<Json>{Json::array()}) {
        longer.push_back(one);
        longer.back().push_back(content);
      }
    all = std::move(longer);
  }
  return all;
}

std::vector<SmallLayout> layouts(int blocks, const Varied& varied) {
  const auto folio_states = sequences(blocks, static_cast<int>(cached_folios().size()));
  const auto cows = sequences(blocks, distinct(cow_words()));
  std::vector<SmallLayout> all;
  for (const auto& extents : sequences(blocks, static_cast<int>(block_words().size())))
    for (const auto& cow : cows)
      for (const Json& disk : disks(extents, varied.contains("disk")))
        for (int size = blocks * segments_per_block; size >= 0; --size)
          for (const auto& folios : folio_states) {
            Json file = {{"size", size}, {"blocks", words_of(extents, block_words())}};
            if (std::ranges::any_of(cow, [](int word) { return word != 0; }))
              file["cow"] = words_of(cow, cow_words());
            if (Json list = cached(folios); !list.empty()) file["cached"] = std::move(list);
            if (!disk.empty()) file["disk"] = disk;
            all.push_back({std::move(file), start_of(extents, cow)});
          }
  return all;
}

Room room(const Json& file) {
  const int blocks = static_cast<int>(file["blocks"].size());
  const int segments = blocks * segments_per_block;
  return {.highest = {{"at", segments - 1},
                      {"to", segments},
                      {"then", segments},
                      {"block", blocks - 1},
                      {"folios", blocks},
                      {"buffer_folio", blocks - 1}},
          .places = {"at", "to", "block"},
          .length = "segments"};
}

} // namespace

Variety file_variety() {
  return {
      .unit = "block",
      .layouts = layouts,
      .room = room,
      .lists = {"disk"},
      .numbers = {"cow_extent_size", "preallocation", "write_errors", "map_errors", "read_errors"}};
}

} // namespace stalemate::kernel::iomap
