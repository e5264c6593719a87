// What was asked and what came out, in the lines that stand above every report, picture and trace:
// nobody should have to open the scenario to know what he is looking at.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

/// "kernel", "iomap_valid none". Labels are one word and differ.
struct HeadLine {
  std::string label;
  std::string text;
  std::vector<std::string> items = {}; ///< Instead of a text: a list, each on a line of its own.
};

/// What was asked. Whoever adds something to what can be asked adds a line.
struct Head {
  std::string name;  ///< R1#none
  std::string title; ///< What races with what; empty: the name alone.
  std::vector<HeadLine> lines;

  /// "R1#none: Buffered write against reclaim"
  [[nodiscard]] std::string first_line() const;
};

/// What was asked, and the answer.
struct Caption {
  Head head;
  std::string verdict;              ///< "no_lost_write is violated after 16 steps"
  std::vector<std::string> remarks; ///< What else there is to say, a line each.
};

/// For people: the head, the verdict, the remarks.
void write_caption(const Caption& caption, bool colour, std::ostream& out);

} // namespace stalemate::report
