// What pages have in common that are tables: they stand for themselves, and can be mailed.
#pragma once

#include <iosfwd>
#include <string>

namespace stalemate::report {

/// The text, harmless on a page.
[[nodiscard]] std::string html_safe(const std::string& text);

/// Everything before what the page is about.
void begin_table_page(const std::string& title, const std::string& heading, std::ostream& out);
void end_table_page(std::ostream& out);

} // namespace stalemate::report
