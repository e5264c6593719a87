#include "model/inquiry/fewer_blocks.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>

namespace stalemate::kernel::inquiry {

namespace {

using Number = std::int64_t;

/// How a file is divided.
struct Grid {
  Number blocks = 0;
  Number per_folio = 1; ///< Blocks.
  Number per_block = 2; ///< Segments.

  [[nodiscard]] Number folios() const { return (blocks + per_folio - 1) / per_folio; }
};

/// Which segments stay: those of folio, block in it and segment in that.
using Keeps = std::function<bool(Number folio, Number block, Number segment)>;

class Smaller {
 public:
  Smaller(const Json& scenario, const Grid& grid, Keeps keeps)
      : scenario_(scenario), grid_(grid), keeps_(std::move(keeps)) {}

  Json made() {
    Json& file = scenario_["file"];
    filter_blocks(file, "blocks");
    filter_blocks(file, "cow");
    filter_blocks(file, "disk");
    if (const auto disk = file.find("disk"); disk != file.end())
      for (Json& block : *disk)
        filter(block, [&](Number s) { return keeps_segment_of_block(s); });
    filter_folios(file);
    if (const auto size = file.find("size"); size != file.end()) *size = place(*size);
    for (Json& process : scenario_["processes"])
      place_process(process);
    set(file, "blocks_per_folio", kept_in(grid_.per_folio, [&](Number b) {
          return keeps_block_of_folio(b);
        }));
    set(file, "segments_per_block", kept_in(grid_.per_block, [&](Number s) {
          return keeps_segment_of_block(s);
        }));
    return std::move(scenario_);
  }

 private:
  [[nodiscard]] bool keeps_folio(Number folio) const {
    for (Number b = 0; b < grid_.per_folio; ++b)
      for (Number s = 0; s < grid_.per_block; ++s)
        if (keeps_(folio, b, s)) return true;
    return false;
  }
  [[nodiscard]] bool keeps_block(Number block) const {
    for (Number s = 0; s < grid_.per_block; ++s)
      if (keeps_(block / grid_.per_folio, block % grid_.per_folio, s)) return true;
    return false;
  }
  [[nodiscard]] bool keeps_block_of_folio(Number block) const {
    for (Number f = 0; f < grid_.folios(); ++f)
      if (f * grid_.per_folio + block < grid_.blocks && keeps_block(f * grid_.per_folio + block))
        return true;
    return false;
  }
  [[nodiscard]] bool keeps_segment(Number segment) const {
    const Number block = segment / grid_.per_block;
    return keeps_(block / grid_.per_folio, block % grid_.per_folio, segment % grid_.per_block);
  }
  [[nodiscard]] bool keeps_segment_of_block(Number segment) const {
    for (Number b = 0; b < grid_.blocks; ++b)
      if (keeps_segment(b * grid_.per_block + segment)) return true;
    return false;
  }

  static Number kept_in(Number count, const std::function<bool(Number)>& keeps) {
    Number kept = 0;
    for (Number i = 0; i < count; ++i)
      kept += keeps(i) ? 1 : 0;
    return kept;
  }

  /// Where a place in segments is now.
  [[nodiscard]] Number place(const Json& at) const {
    return kept_in(at.get<Number>(), [&](Number s) { return keeps_segment(s); });
  }

  static void filter(Json& list, const std::function<bool(Number)>& keeps) {
    Json kept = Json::array();
    for (std::size_t i = 0; i < list.size(); ++i)
      if (keeps(static_cast<Number>(i))) kept.push_back(list[i]);
    list = std::move(kept);
  }

  void filter_blocks(Json& file, const char* name) const {
    if (const auto list = file.find(name); list != file.end())
      filter(*list, [&](Number b) { return keeps_block(b); });
  }

  void filter_folios(Json& file) const {
    const auto cached = file.find("cached");
    if (cached == file.end()) return;
    Json kept = Json::array();
    for (Json folio : *cached) {
      const auto number = folio["folio"].get<Number>();
      if (!keeps_folio(number)) continue;
      folio["folio"] = kept_in(number, [&](Number f) { return keeps_folio(f); });
      const Number first = number * grid_.per_folio;
      if (const auto data = folio.find("data"); data != folio.end())
        filter(*data, [&](Number s) { return keeps_segment(first * grid_.per_block + s); });
      for (const char* name : {"dirty_blocks", "uptodate_blocks"})
        if (const auto list = folio.find(name); list != folio.end()) {
          Json inside = Json::array();
          for (const Json& block : *list)
            if (keeps_block(first + block.get<Number>()))
              inside.push_back(
                  kept_in(block.get<Number>(), [&](Number b) { return keeps_block(first + b); }));
          *list = std::move(inside);
        }
      kept.push_back(std::move(folio));
    }
    *cached = std::move(kept);
  }

  /// Its end moves with what is before it, and something of it stays.
  void place_process(Json& process) const {
    const Number at = process.value("at", Number{0});
    if (process.contains("segments")) {
      const Number end = at + process["segments"].get<Number>();
      process["segments"] = std::max<Number>(1, place(end) - place(at));
    }
    for (const char* option : {"at", "to", "then"})
      if (const auto found = process.find(option); found != process.end()) *found = place(*found);
  }

  /// What is as it is if nothing is said is not said.
  static void set(Json& file, const char* name, Number value) {
    if (file.contains(name) || value != (std::string(name) == "blocks_per_folio" ? 1 : 2))
      file[name] = value;
  }

  Json scenario_;
  Grid grid_;
  Keeps keeps_;
};

} // namespace

std::vector<Json> with_fewer_blocks(const Json& scenario) {
  std::vector<Json> found;
  const auto file = scenario.find("file");
  if (file == scenario.end() || !file->contains("blocks")) return found;
  Grid grid;
  grid.blocks = static_cast<Number>((*file)["blocks"].size());
  grid.per_folio = file->value("blocks_per_folio", grid.per_folio);
  grid.per_block = file->value("segments_per_block", grid.per_block);
  const auto add = [&](const Keeps& keeps) {
    found.push_back(Smaller(scenario, grid, keeps).made());
  };
  for (Number one = grid.folios(); one-- > 0 && grid.folios() > 1;)
    add([=](Number folio, Number, Number) { return folio != one; });
  for (Number one = 0; one < grid.per_folio && grid.per_folio > 1; ++one)
    add([=](Number, Number block, Number) { return block == one; });
  for (Number one = 0; one < grid.per_block && grid.per_block > 1; ++one)
    add([=](Number, Number, Number segment) { return segment == one; });
  return found;
}

} // namespace stalemate::kernel::inquiry
