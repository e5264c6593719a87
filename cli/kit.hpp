// What `reproduce` needs to know of a kernel, and how things are run there.
#pragma once

#include "reproduce/kernel_map.hpp"
#include "reproduce/oracle.hpp"
#include "reproduce/play.hpp"

#include <filesystem>
#include <string>

namespace stalemate::cli {

struct Kit {
  std::string folder;
  std::string kernel;  ///< Its image; empty if nothing is to run.
  std::string version; ///< "v6.1".
  reproduce::KernelMap map;
  reproduce::Oracles oracles;
  reproduce::Programs programs;
};

/// Of this kernel's image, or of the one that is installed; of none if nothing is to run. Throws
/// UsageError where there is none, or no map of it.
[[nodiscard]] Kit kit_of(const std::string& kernel, bool is_dry);

/// What modules of this kernel are built against.
[[nodiscard]] std::filesystem::path headers_of(const std::string& image);

} // namespace stalemate::cli
