// The words of a picture, as lines of the right size and colour.
#pragma once

#include "reports/causality.hpp"
#include "reports/head.hpp"
#include "reports/sheet.hpp"
#include "reports/story.hpp"

#include <string>
#include <vector>

namespace stalemate::report {

inline constexpr int title_size = 12;
inline constexpr int text_size = 9;
inline constexpr int small_size = 8;

/// What was asked, and what came out; that in the colour `alarm`.
[[nodiscard]] std::vector<Line>
title_lines(const Caption& caption, double width, const char* alarm);

/// The room is for what broke; other changes say only what they lead to.
[[nodiscard]] Line line_of(const Detail& detail);

/// Does the scene have a part in what broke?
[[nodiscard]] bool is_marked(const Scene& scene);

[[nodiscard]] std::vector<Line>
ending_lines(const Story& story, const Trace& trace, double width, const char* alarm);

/// Are the tests drawn by which processes came where they are? Only where nothing stale explains
/// it.
[[nodiscard]] bool draws_turns(const Causality& causality);

/// What the arrows mean, as far as this picture has them; empty if it has none.
[[nodiscard]] std::string legend(const Causality& causality, const Story& story, bool has_waits);

} // namespace stalemate::report
