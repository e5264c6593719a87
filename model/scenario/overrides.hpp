#pragma once

#include "model/scenario/position.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// A value that the command line puts into every scenario that it names, on top of file and
/// variant. What the scenario expects was said about another one, so that it then asks.
struct Override {
  std::string pointer; ///< JSON pointer into the merged scenario: /kernel/iomap_valid.
  std::string json;    ///< The value, as JSON text.
  std::string option;  ///< What was typed, for messages: --set iomap_valid=none.

  /// Where the value stands, if it is a part of a file.
  struct Source {
    std::string file;                           ///< As messages call it.
    std::string pointer;                        ///< Of the value in the file.
    std::shared_ptr<const Positions> positions; ///< Of everything in the file.
  };
  std::optional<Source> source = {};
  bool is_appended = false; ///< Its items come behind those of the list that is there.
};

using Overrides = std::vector<Override>;

/// The place in the override's file of what stands at `pointer` of the merged scenario, if the
/// override said it. `first` is the index of the first item that it appended.
[[nodiscard]] std::optional<std::string>
pointer_in(const Override& override_of_file, const std::string& pointer, std::size_t first);

/// Of "iomap_valid=none". Throws InputError for what is no knob or no value of it.
[[nodiscard]] Override knob_override(const std::string& setting);

/// These claims are checked, and no others: own ones of a scenario, or the model's. Which there
/// are is known only then.
[[nodiscard]] Override claims_override(const std::vector<std::string>& claims);

/// Of a file with a list of edits, or an object with any of patch, claims, state, paths and kernel:
/// edits come behind those of the scenario, all else is merged into it. One override for each
/// section. Throws InputError.
[[nodiscard]] Overrides patch_overrides(const std::string& path);

} // namespace stalemate::kernel
