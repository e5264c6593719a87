// Pages that need nothing but a browser: no address is in them, so they can be mailed, attached to
// a run of CI, or opened without a network. What they show is JSON inside of them, which their
// script draws; style and script are files in reports/html.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/check_row.hpp"
#include "reports/head.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

// Generated from reports/html.
extern const char* const page_css;
extern const char* const page_js;

/// What the script draws of a trace, on one line.
[[nodiscard]] std::string
page_trace(const ir::Model& model, const Trace& trace, const Caption& caption);

/// A page about a trace: the race, lanes with arrows, and for every step the whole state.
void write_trace_html(const ir::Model& model,
                      const Trace& trace,
                      const Caption& caption,
                      std::ostream& out);

/// A page about many scenarios: a table that can be filtered, and behind it the traces of those
/// rows that have one in CheckRow::trace.
void write_check_html(const std::vector<CheckRow>& rows, std::ostream& out);

} // namespace stalemate::report
