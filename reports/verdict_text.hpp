// The outcome of a search in words. A verdict of "holds" always says over how much.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

/// What came out: "no_lost_write is violated after 16 steps (a shortest trace)". Of a warning it
/// says whether anything was checked that could have come to harm. A "violated" that names a state
/// to be reached says that it is.
[[nodiscard]] std::string outcome_text(const ir::Model& model, const Result& result);

/// Of a latent result: "fresh_mapping, which only warns, breaks after 13 steps (a shortest trace);
/// no other claim was checked", or that no harm comes of it, where harm was looked for.
[[nodiscard]] std::string warning_text(const ir::Model& model, const Result& result);

/// That and over how much: "holds: 1 234 states, 3 456 transitions, depth 31"; where states are
/// known by hashes only, "holds (probabilistic): ..., omission probability at most 3.1e-33"
[[nodiscard]] std::string answer_text(const ir::Model& model, const Result& result);

/// "R1#valid: holds: 1 234 states, 3 456 transitions, depth 31"
[[nodiscard]] std::string
verdict_line(const std::string& scenario, const ir::Model& model, const Result& result);

/// What a proof says nothing about, in the words of scenarios: NeverTaken::text(), each once.
/// Empty of all other results.
[[nodiscard]] std::vector<std::string> ways_never_taken(const ir::Model& model,
                                                        const Result& result);

/// "14 ways through steps never ran"; empty if there is none.
[[nodiscard]] std::string never_taken_text(std::size_t ways);

/// A JSON array, as `never_taken` of a scenario takes it.
void write_never_taken(const std::vector<std::string>& ways, std::ostream& out);

} // namespace stalemate::report
