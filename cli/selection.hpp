// What a word of the command line names: a file, some of its variants, or a scenario by its id.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stalemate::cli {

/// A file and which of its variants are meant.
struct Selection {
  std::string path; ///< Of a file that is there, as far as one was found; - is stdin.
  std::vector<std::string> variants; ///< Names, or patterns in which * stands for anything.

  /// True if all are meant, or this one.
  [[nodiscard]] bool has(const std::string& variant) const;
};

/// FILE, FILE#VARIANT, FILE#a,b, FILE#none*, also without the .json of FILE, and ID instead of
/// FILE: a scenario of the library. The text after the last # is variants unless the whole is a
/// file. Throws kernel::InputError for an id that is nowhere.
[[nodiscard]] Selection selection_of(const std::string& argument);

/// In a pattern * stands for any text, also for none.
[[nodiscard]] bool is_like_pattern(std::string_view pattern, std::string_view text);

/// The folder with the scenarios that come with the program: $STALEMATE_SCENARIOS, else
/// `scenarios` here or in a folder above, else where the program was installed. Empty: there is
/// none.
[[nodiscard]] std::string library_folder();

/// Of `scenarios` and what is below it, where there is none here: that of library_folder(). Any
/// other path is as it was.
[[nodiscard]] std::string in_library(const std::string& path);

/// Scenario files in and below a folder, sorted: all that is called .json but schemas, and reports
/// and traces that a command of this program wrote there. Throws kernel::InputError if it cannot be
/// read.
[[nodiscard]] std::vector<std::string> files_below(const std::string& folder);

} // namespace stalemate::cli
