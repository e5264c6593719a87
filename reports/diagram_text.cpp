#include "reports/diagram_text.hpp"

#include "reports/words.hpp"

#include <algorithm>

namespace stalemate::report {

namespace {

/// "a -> b" with a real arrow.
std::string with_arrow(std::string text) {
  for (auto at = text.find(" -> "); at != std::string::npos; at = text.find(" -> "))
    text.replace(at, 4, " \u2192 ");
  return text;
}

} // namespace

std::vector<Line> title_lines(const Caption& caption, double width, const char* alarm) {
  std::vector<Line> lines;
  append_broken(lines, {printable(caption.head.first_line()), title_size, true, ink::black}, width);
  for (const HeadLine& line : caption.head.lines)
    for (const std::string& item : line.items.empty() ? std::vector{line.text} : line.items)
      append_broken(
          lines, {printable(line.label + ": " + item), small_size, false, ink::grey}, width, 2);
  append_broken(lines, {printable(caption.verdict), text_size, true, alarm}, width, 2);
  return lines;
}

Line line_of(const Detail& detail) {
  if (!detail.mark.empty()) return {with_arrow(detail.text), small_size, true, ink::accent};
  const auto& text = detail.brief.empty() ? detail.text : detail.brief;
  if (detail.is_read) return {text, small_size, true, ink::accent};
  switch (detail.kind) {
  case Detail::Kind::stale:
    return {text, small_size, false, ink::accent};
  case Detail::Kind::change:
    return {text, small_size, false, ink::black};
  default:
    return {text, small_size, false, ink::grey};
  }
}

bool is_marked(const Scene& scene) {
  return !scene.mark.empty() ||
         std::ranges::any_of(scene.details, [](const Detail& d) { return !d.mark.empty(); });
}

std::vector<Line>
ending_lines(const Story& story, const Trace& trace, double width, const char* alarm) {
  std::vector<Line> lines;
  const auto& ending = story.ending;
  for (std::size_t i = 0; i < ending.size(); ++i) {
    // What broke, and in the end what is wrong.
    const bool is_bold = i == 0 || (trace.blocked.empty() && i + 1 == ending.size());
    append_broken(lines, {ending[i], text_size, is_bold, i == 0 ? alarm : ink::black}, width, 2);
  }
  return lines;
}

bool draws_turns(const Causality& causality) {
  return causality.stale.empty() && !causality.turns.empty();
}

std::string legend(const Causality& causality, const Story& story, bool has_waits) {
  const bool has_reliance = draws_turns(causality) || !causality.stale.empty();
  const bool has_missed =
      !causality.stale.empty() ||
      (draws_turns(causality) &&
       std::ranges::any_of(causality.turns, [](const Turn& turn) { return turn.changed >= 0; }));
  std::string text;
  if (!causality.links.empty()) text += " Black: the step saw what the other left.";
  if (std::ranges::any_of(causality.links, &Link::is_lock))
    text += " Dashed: it took the lock that the other released.";
  if (has_reliance) text += " Red: relies on what was true then";
  if (has_reliance) text += has_missed ? "; dashed, with a bar: the change that it missed." : ".";
  if (!has_missed && !causality.old_loads.empty())
    text += " Red, dashed, with a bar: the store that the load did not see.";
  if (has_waits) text += " Red: waits for.";
  if (text.empty()) return text;
  if (std::ranges::any_of(story.initially, &Holding::ghost))
    text += " In parentheses: what the claim remembers.";
  return text.substr(1);
}

} // namespace stalemate::report
