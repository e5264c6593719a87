// Text compared with a file that a person has read.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"

#include <functional>
#include <iosfwd>
#include <string>

namespace stalemate::report::tests {

/// Fails unless the text equals reports/tests/golden/<name>, and says where they differ first.
/// With STALEMATE_APPROVE=1 in the environment the file is written instead.
void assert_golden(const std::string& name, const std::string& text);

/// What a writer writes.
[[nodiscard]] std::string written(const std::function<void(std::ostream&)>& writer);

/// What a call throws; "accepted" if nothing.
[[nodiscard]] std::string refusal(const std::function<void()>& call);

/// The longest line, in columns.
[[nodiscard]] std::size_t widest(const std::string& text);

/// Replaces every occurrence.
[[nodiscard]] std::string
replaced(std::string text, const std::string& from, const std::string& to);

} // namespace stalemate::report::tests
