// Teeth as a page: tables by path, folded where they are long.
#pragma once

#include "reports/teeth.hpp"

#include <iosfwd>
#include <vector>

namespace stalemate::report {

void write_teeth_html(const std::vector<Teeth>& all, std::ostream& out);

} // namespace stalemate::report
