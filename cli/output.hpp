#pragma once

#include <stdexcept>
#include <string>

namespace stalemate::cli {

/// A result could not be written: a full disk, a closed pipe, a folder that is not there.
class WriteError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Hands everything printed so far to the system. Throws WriteError if some of it got lost.
void flush_stdout();

/// Replaces a file in one go: readers see the old content or all of the new, also when the disk is
/// full. What is no regular file is written to directly; "-" is stdout. Throws WriteError.
void write_output(const std::string& path, const std::string& content);

/// Throws WriteError if it can be known now that write_output() will fail: before a long search.
void expect_writable(const std::string& path);

/// Whether results may be coloured: a terminal that can, and nobody said NO_COLOR.
[[nodiscard]] bool stdout_has_colour();

/// Columns of text: those that were asked for, if not 0; else $COLUMNS; else those of the terminal,
/// up to 100; else 100.
[[nodiscard]] int text_columns(int wanted);

/// Replaces the line of progress on stderr by this text, cut to what fits in one; empty: by none.
void show_progress(const std::string& text);

/// Whether somebody watches: progress goes nowhere else.
[[nodiscard]] bool stderr_is_terminal();

} // namespace stalemate::cli
