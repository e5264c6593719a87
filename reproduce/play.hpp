// The scenario as data of a C program, guest/race.c: the file at the beginning, and what each
// process does to it, both in bytes.
#pragma once

#include "reports/trace_json.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::reproduce {

/// How a path is run, programs.json.
struct Program {
  std::string call;    ///< Of guest/race.c; empty: the kernel does it by itself.
  std::string at = {}; ///< Its option for that; empty, as below: there is none.
  std::string length = {};
  std::string part = {}; ///< How much of a folio; 0 or absent: all of it.
  std::string times = {};
  std::string block = {};
  std::string behind = {}; ///< The call at its end if it begins at i_size.
  std::string folios = {};
  std::string then = {}; ///< A size to which it goes next; negative: nowhere.
  std::map<std::string, std::string> instead = {}; ///< The call where this option is not 0.
  std::map<std::string, int> only = {};
  std::string note = {}; ///< Where it is not quite the path.
};

using Programs = std::map<std::string, Program>;

/// Throws Refusal with the place in `name`.
[[nodiscard]] Programs read_programs(const std::string& name, std::string_view text);

/// A file of blocks, which have segments, and of folios, which have blocks.
class Geometry {
 public:
  /// As the initial state says it; throws Refusal if no file system is like that.
  explicit Geometry(const report::SavedValues& initial);

  [[nodiscard]] int blocks() const { return blocks_; }
  [[nodiscard]] int segments() const { return blocks_ * segments_per_block_; }
  [[nodiscard]] int segments_per_block() const { return segments_per_block_; }
  [[nodiscard]] int blocks_per_folio() const { return blocks_per_folio_; }
  [[nodiscard]] int folios() const { return (blocks_ + blocks_per_folio_ - 1) / blocks_per_folio_; }
  [[nodiscard]] int block_bytes() const { return 4096 / blocks_per_folio_; }
  /// Bytes of the file that the model knows nothing of, before the first of its blocks. XFS
  /// reserves in the COW fork where blocks are not shared only if it copies a shared one near them.
  [[nodiscard]] int before() const { return before_; }
  /// Where the segment begins. Direct I/O needs whole sectors, so that not all are of one size.
  [[nodiscard]] int begin_of(int segment) const;

 private:
  int blocks_ = 0;
  int segments_per_block_ = 0;
  int blocks_per_folio_ = 1;
  int before_ = 0;
};

/// What there is to know about the programs of these processes, a line for each path.
[[nodiscard]] std::vector<std::string> notes_on(const report::SavedTrace& trace,
                                                const Programs& programs);

/// play.h, which guest/race.c includes; `looks` are of oracles.json. Throws Refusal for what cannot
/// be run.
[[nodiscard]] std::string play(const std::string& name,
                               const report::SavedTrace& trace,
                               const Programs& programs,
                               const std::vector<std::string>& looks = {"AT_END"});

} // namespace stalemate::reproduce
