// Documents that show commands and what they print. A block
//
//     ```console
//     $ stalemate run mine.json --brief
//     mine: ...
//     ```
//
// is run, `./dev` as well as `stalemate`, with `> FILE` and, behind a command, `echo $?`. A line
// `...` stands for any lines. A block that begins with ```json mine.json is a file that the later
// ones find. Every document has a folder of its own, with the scenarios and the documents of the
// checkout.
#pragma once

#include <string>
#include <vector>

namespace stalemate::cli::tests {

/// A document, as a list of lines without their ends.
using Lines = std::vector<std::string>;

[[nodiscard]] Lines lines_of(const std::string& text);

/// Does this come out where a document shows that?
[[nodiscard]] bool is_as_shown(const Lines& shown, const Lines& printed);

/// What differs, place by place, and the document as it would be right: where something differs,
/// everything that is printed.
struct Replay {
  std::vector<std::string> differences;
  std::string text;
  int commands = 0;
};

/// Runs the commands of a document.
[[nodiscard]] Replay replay(const std::string& name, const std::string& text);

/// The words of a command, quotes taken away.
[[nodiscard]] std::vector<std::string> shell_words(const std::string& command);

} // namespace stalemate::cli::tests
