// Which steps of a trace a picture shows, and which it folds: the eye follows a page, not a scroll.
#pragma once

#include "checker/result/trace.hpp"
#include "reports/causality.hpp"
#include "reports/story.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::report {

/// How many steps are folded: none; those that have no part in what broke; of a loop, too, those
/// between which nothing is handed over.
enum class Folding : std::uint8_t { nothing, slice, loop };

/// One row of a picture: a step, or several in a row that are folded.
struct Row {
  std::size_t first = 0;
  std::size_t last = 0; ///< Of the same row.
  bool is_folded = false;
};

/// A single step is folded only together with others: alone it would save no room.
[[nodiscard]] std::vector<Row>
rows(const Trace& trace, const Causality& causality, const Story& story, Folding folding);

/// How many of the steps in the row the process takes: "5 steps"; empty if none.
[[nodiscard]] std::string folded_text(const Row& row, const Story& story, int process);

} // namespace stalemate::report
