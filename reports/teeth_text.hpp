// Teeth for readers: as text, and as Markdown.
#pragma once

#include "reports/teeth.hpp"

#include <iosfwd>
#include <vector>

namespace stalemate::report {

/// `is_whole`: also those that are no mutants, or never run.
void write_teeth_text(const Teeth& teeth, bool is_whole, std::ostream& out);

/// A document on several reports: what a kernel needs, path by path. Locks, waits and tests in
/// tables, the rest folded.
void write_teeth_markdown(const std::vector<Teeth>& all, std::ostream& out);

} // namespace stalemate::report
