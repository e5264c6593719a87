#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace stalemate::tests {

/// Thousands of checkpoints are written: in memory, where nothing waits for a disk.
class MemoryFolder {
 public:
  MemoryFolder() {
    const bool has_memory = ::access("/dev/shm", W_OK) == 0;
    std::string name = (has_memory ? "/dev/shm" : std::filesystem::temp_directory_path().string()) +
                       "/checkpoint-test-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~MemoryFolder() { std::filesystem::remove_all(path_); }
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

} // namespace stalemate::tests
