#include "checker/ir/sort.hpp"
#include "reproduce/conform/observe.hpp"
#include "reproduce/play.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace stalemate::reproduce {

namespace {

/// The words of the model that the byte stands for: data from the start, or of the program with
/// this letter. None for a byte that nobody wrote.
std::vector<std::string> values_of(const std::string& byte,
                                   const std::vector<std::string>& known,
                                   const std::vector<std::string>& programs) {
  std::vector<std::string> words;
  for (const std::string& word : known) {
    // 'o', and behind it what each block had: as play.cpp has it.
    const int block = word.size() > 3 ? word[3] - '0' : 0;
    const bool is_old = word.starts_with("old") && byte == fmt::format("{:02x}", 'o' + block);
    const bool is_zero = byte == "00" && word == "zeroes";
    bool is_of_program = false;
    for (std::size_t i = 0; i < programs.size(); ++i)
      is_of_program |= word == "by " + programs[i] && byte == fmt::format("{:02x}", 'A' + i % 26);
    if (is_old || is_zero || is_of_program) words.push_back(word);
  }
  return words;
}

/// What a read of the segment finds is one of these. Where blocks can move, the extent map says
/// where they are.
std::string segment_text(const Geometry& geometry,
                         bool is_moved,
                         int segment,
                         const std::vector<std::string>& words) {
  const int per_block = geometry.segments_per_block();
  const int block = segment / per_block;
  const int folio = block / geometry.blocks_per_folio();
  const int in_folio = segment - folio * geometry.blocks_per_folio() * per_block;
  const auto is_one = [&](const std::string& place) {
    std::vector<std::string> parts;
    for (const std::string& word : words)
      parts.push_back(fmt::format("{} == {}", place, ir::quoted(word)));
    return parts.empty() ? std::string("no") : fmt::format("({})", fmt::join(parts, " || "));
  };
  const bool may_be_zeroes = std::ranges::find(words, "zeroes") != words.end();
  return fmt::format(
      "(folio[{0}].present && folio[{0}].uptodate[{1}] ? {2} : extent[{3}] == "
      "mapped ? {4} : {5})",
      folio,
      block % geometry.blocks_per_folio(),
      is_one(fmt::format("folio[{}].data[{}]", folio, in_folio)),
      block,
      is_one(fmt::format(fmt::runtime(is_moved ? "disk[extent[{}].place][{}]" : "disk[{}][{}]"),
                         block,
                         segment % per_block)),
      may_be_zeroes ? "yes" : "no");
}

} // namespace

std::string ending_text(const Log& log,
                        const ir::Model& model,
                        const std::vector<std::string>& programs,
                        const Geometry& geometry) {
  const auto cache = std::ranges::find(log.contents, "cache", &Content::where);
  if (cache == log.contents.end()) return "yes";
  int size = 0;
  while (size < geometry.segments() && geometry.begin_of(size) < cache->size)
    ++size;
  if (geometry.begin_of(size) != cache->size) return "no";
  std::string text = fmt::format("inode.size == {}", size);
  const auto disk = std::ranges::find(model.variables, "disk", &ir::Variable::name);
  const bool is_moved = disk->shape.front() > geometry.blocks();
  for (int s = 0; s < size && s < static_cast<int>(cache->bytes.size()); ++s) {
    const std::string& byte = cache->bytes[static_cast<std::size_t>(s)];
    if (byte == "??") continue;
    text += " && " + segment_text(geometry, is_moved, s, values_of(byte, disk->names, programs));
  }
  return text;
}

} // namespace stalemate::reproduce
