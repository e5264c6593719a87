// What stays the same of a step in every scenario: its function and its phrase, with every number
// of its own taken out, since those say where on the file a scenario lets it happen. Edits and
// saved traces name a step by the whole phrase, which is unique in its process; a map of a kernel's
// functions is about what stays.
#pragma once

#include <string>

namespace stalemate::ir {

/// "lock folio # if it is dirty" of "lock folio 0 if it is dirty"; i_size and pages2 stay.
[[nodiscard]] std::string without_numbers(const std::string& text);

/// "filemap_fdatawrite_range: lock folio # if it is dirty".
[[nodiscard]] std::string step_id(const std::string& function, const std::string& phrase);

} // namespace stalemate::ir
