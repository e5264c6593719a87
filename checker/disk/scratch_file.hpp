#pragma once

#include "checker/disk/disk_options.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stalemate {

/// What a search may use of a disk, and uses.
class DiskSpace {
 public:
  explicit DiskSpace(const DiskOptions& options) : options_(options) {}

  [[nodiscard]] const std::string& folder() const { return options_.folder; }
  [[nodiscard]] std::uint64_t used() const { return used_; }
  /// Throws Stopped if that is more than it may.
  void take(std::uint64_t bytes);
  void give_back(std::uint64_t bytes) { used_ -= bytes; }

 private:
  const DiskOptions& options_;
  std::uint64_t used_ = 0;
};

/// A file that only its search knows: it has no name any more as soon as it is open, so it is gone
/// with the search, however that ends. All of it throws Stopped where the disk does not do as told.
class ScratchFile {
 public:
  explicit ScratchFile(DiskSpace& space);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  /// Returns where it begins.
  std::uint64_t append(std::span<const std::byte> bytes);
  void read(std::uint64_t at, std::span<std::byte> into) const;
  /// Writes over what is there: for tests, which damage it.
  void overwrite(std::uint64_t at, std::span<const std::byte> bytes);

 private:
  void write(std::uint64_t at, std::span<const std::byte> bytes);
  [[noreturn]] void fail(const char* what) const;

  DiskSpace& space_;
  int file_;
  std::uint64_t size_ = 0;
};

} // namespace stalemate
