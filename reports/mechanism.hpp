// Which race a trace shows, without its names and numbers: two traces with one mechanism are the
// same race, whatever else their scenarios have.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"

#include <string>
#include <vector>

namespace stalemate::report {

struct Mechanism {
  std::string claim; ///< What breaks and how: "no_lost_write is violated".
  /// Of a claim that breaks: "buffered_write, in iomap_write_end"; of one about runs the path of
  /// who waits for ever, or else of those who go on for ever.
  std::string where;
  /// Of a claim that breaks: on which value that others had changed somebody relied last, such as
  /// "buffered_write goes by extent"; empty if there is none. Of who waits for ever: all of the
  /// ring, or if there is none everybody who waits, such as "writeback waits for folio.lock".
  std::vector<std::string> why;

  friend bool operator==(const Mechanism&, const Mechanism&) = default;
};

[[nodiscard]] Mechanism mechanism(const ir::Model& model, const Trace& trace);

/// In one line: claim, where, and why.
[[nodiscard]] std::string text(const Mechanism& mechanism);

} // namespace stalemate::report
