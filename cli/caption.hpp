#pragma once

#include "cli/finding.hpp"
#include "reports/head.hpp"

#include <string>
#include <vector>

namespace stalemate::cli {

/// What was asked, the same in every report: title, variant, kernel, layout, processes, claims.
[[nodiscard]] report::Head head_of(const Candidate& candidate);

/// The same with the answer of a whole search, and what else there is to say about it.
[[nodiscard]] report::Caption answer(const Candidate& candidate, const Finding& finding);

/// What an answer leaves open, and how to see it.
[[nodiscard]] std::vector<std::string> remarks(const Candidate& candidate, const Finding& finding);

/// "the knob dio_drains changes nothing here": a proof says nothing about such a one.
[[nodiscard]] std::vector<std::string> idle_knobs(const Candidate& candidate);

/// The same over a trace: what happened, and not how much else was searched.
[[nodiscard]] report::Caption title(const Candidate& candidate, const Result& result);

/// The command that shows it, ready to paste: `stalemate run R1.json#none --set iomap_valid=none`.
[[nodiscard]] std::string command_of(const Candidate& candidate);

/// The scenario as the command line names it: FILE#VARIANT.
[[nodiscard]] std::string argument_of(const Candidate& candidate);

} // namespace stalemate::cli
