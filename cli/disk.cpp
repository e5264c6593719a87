#include "cli/disk.hpp"

#include "cli/usage.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>

namespace stalemate::cli {

void add_disk_options(CLI::App& command, DiskOptions& options) {
  CLI::Option* disk =
      command
          .add_option("--disk",
                      options.folder,
                      "Put into files in this folder what memory does not hold, and go on; they "
                      "are gone with the search, and the result is the same")
          ->type_name("DIR")
          ->check([](const std::string& folder) {
            return folder.empty() ? std::string("a folder has a name") : std::string();
          })
          ->take_last()
          ->group(limits_group);
  command
      .add_option("--disk-max",
                  options.bytes_max,
                  "Stop at this much on the disk, as in 500M, 2G; where it is full if absent")
      ->type_name("SIZE")
      ->take_last()
      ->transform(size())
      ->needs(disk)
      ->group(limits_group);
}

void refuse_without_memory(const DiskOptions& disk, const SearchOptions& options) {
  std::error_code error;
  if (!std::filesystem::is_directory(disk.folder, error))
    throw UsageError(fmt::format("--disk: {}: there is no such folder", disk.folder));
  // Now rather than when memory is full.
  if (::access(disk.folder.c_str(), W_OK | X_OK) != 0)
    throw UsageError(fmt::format("--disk: {}: no file can be made there: {}",
                                 disk.folder,
                                 std::generic_category().message(errno)));
  const auto refuse = [](const std::string& option, const char* why) {
    throw UsageError(fmt::format("--disk does not go together with {}: {}", option, why));
  };
  if (options.threads > 1)
    refuse(fmt::format("--threads {}", options.threads), "one thread reads and writes there");
  if (options.store != "exact")
    refuse("--store " + options.store, "states are whole there, and packed anyway");
}

} // namespace stalemate::cli
