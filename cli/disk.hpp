#pragma once

#include "checker/disk/disk_options.hpp"
#include "cli/search_options.hpp"

#include <CLI/CLI.hpp>

namespace stalemate::cli {

/// Where a search puts states that memory does not hold; an empty folder: nowhere.
void add_disk_options(CLI::App& command, DiskOptions& options);

/// Throws UsageError where there is no such folder, or where options ask for something that a
/// search on disk cannot do.
void refuse_without_memory(const DiskOptions& disk, const SearchOptions& options);

} // namespace stalemate::cli
