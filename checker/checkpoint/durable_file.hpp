#pragma once

#include "checker/checkpoint/digest.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace stalemate {

/// A new file that counts when it is finished: then it is on the disk, power cut or not. All of it
/// throws CheckpointError.
class DurableFile {
 public:
  /// Whatever stood under the name is gone.
  explicit DurableFile(std::filesystem::path path);
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  void write(std::span<const std::byte> bytes);
  void finish();

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// Of all that was written.
  [[nodiscard]] Digest::Value digest() const { return digest_.value(); }

 private:
  std::filesystem::path path_;
  int file_;
  std::uint64_t bytes_ = 0;
  Digest digest_;
};

/// Gives a finished file the other name, in place of what has it: at every instant there is one or
/// the other.
void put_in_place(const std::filesystem::path& finished, const std::filesystem::path& name);

/// Gives a file a second name, in place of what has it.
void keep_as(const std::filesystem::path& file, const std::filesystem::path& name);

/// A whole file of at most so many bytes.
[[nodiscard]] std::vector<std::byte> content_of(const std::filesystem::path& file,
                                                std::uint64_t bytes_max);

/// What a file of any size is known by.
struct FileSum {
  std::uint64_t bytes = 0;
  Digest::Value digest{};
};
[[nodiscard]] FileSum sum_of(const std::filesystem::path& file);

/// Reads so many bytes of a file, from a place on.
void read_at(const std::filesystem::path& file, std::uint64_t at, std::span<std::byte> into);

} // namespace stalemate
