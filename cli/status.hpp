#pragma once

namespace stalemate::cli {

/// Exit statuses, the same rule for every command. A signal n ends in 128 + n.
enum Status : int {
  as_expected = 0,     ///< Every expectation was met.
  not_as_expected = 1, ///< A violation that nobody expected, or an expected one that was not found.
  bad_input = 2,       ///< Input or command line is wrong, or what was asked for cannot be written.
  not_complete = 3,    ///< A limit or lack of memory ended a search.
  broken = 4,          ///< Our own mistake.
};

} // namespace stalemate::cli
