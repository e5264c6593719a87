// The small pieces of text that all reports share.
#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

#include <cstdint>
#include <string>

namespace stalemate::report {

[[nodiscard]] const ir::Variable& variable_of(const ir::Model& model, const ir::Cell& cell);
[[nodiscard]] const ir::Process& process_of(const ir::Model& model, int process);
[[nodiscard]] const ir::Step& step_of(const ir::Model& model, int process, int step);

/// The name of the kernel function that the step belongs to.
[[nodiscard]] const std::string& function_of(const ir::Model& model, const ir::Step& step);

/// The cell's name. Inside its owner's lane the owner's name is left out: `iomap.cookie`.
[[nodiscard]] std::string short_name(const ir::Model& model, const ir::Cell& cell, int process);

/// "unwritten"
[[nodiscard]] std::string value_text(const ir::Model& model, const ir::Cell& cell, int value);

/// The word of the verdict; of one that is a proof but for states that may have been left out, with
/// this probability: "holds (probabilistic)".
[[nodiscard]] std::string verdict_text(Verdict verdict, double omission);
/// "1.3e-25": rounded up, as a bound must be.
[[nodiscard]] std::string probability_text(double probability);
/// "omission probability at most 1.3e-25"
[[nodiscard]] std::string omission_text(double omission);

/// Adds an item to a list in words.
void append(std::string& list, const std::string& item, const char* separator = ", ");

/// "1 234"
[[nodiscard]] std::string grouped(std::uint64_t number);

/// "1 step", "17 steps", "1 234 states"
[[nodiscard]] std::string counted(std::uint64_t count, const std::string& noun);

/// The text as a cell of a Markdown table.
[[nodiscard]] std::string table_cell(const std::string& text);

/// The text with everything that a terminal might obey replaced by `?`.
[[nodiscard]] std::string printable(const std::string& text);

} // namespace stalemate::report
