#include "checker/disk/scratch_file.hpp"

#include "checker/disk/stopped.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace stalemate {

void DiskSpace::take(std::uint64_t bytes) {
  if (bytes > options_.bytes_max - used_)
    throw Stopped(fmt::format("the disk limit of {} bytes is reached", options_.bytes_max));
  used_ += bytes;
}

ScratchFile::ScratchFile(DiskSpace& space) : space_(space) {
  std::string name = space.folder() + "/stalemate-XXXXXX";
  file_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) fail("a file cannot be made");
  if (::unlink(name.c_str()) == 0) return;
  const int error = errno;
  ::close(file_);
  errno = error;
  fail("a file cannot be removed");
}

ScratchFile::~ScratchFile() {
  ::close(file_);
  space_.give_back(size_);
}

std::uint64_t ScratchFile::append(std::span<const std::byte> bytes) {
  space_.take(bytes.size());
  const std::uint64_t at = size_;
  size_ += bytes.size(); // Given back at the end, also where it cannot be written.
  write(at, bytes);
  return at;
}

void ScratchFile::overwrite(std::uint64_t at, std::span<const std::byte> bytes) {
  write(at, bytes);
}

void ScratchFile::write(std::uint64_t at, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t now = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) fail("cannot be written to");
    bytes = bytes.subspan(static_cast<std::size_t>(now));
    at += static_cast<std::uint64_t>(now);
  }
}

void ScratchFile::read(std::uint64_t at, std::span<std::byte> into) const {
  while (!into.empty()) {
    const ssize_t now = ::pread(file_, into.data(), into.size(), static_cast<off_t>(at));
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) fail("cannot be read from");
    if (now == 0) throw Stopped(space_.folder() + ": what was written there is missing");
    into = into.subspan(static_cast<std::size_t>(now));
    at += static_cast<std::uint64_t>(now);
  }
}

void ScratchFile::fail(const char* what) const {
  throw Stopped(
      fmt::format("{}: {}: {}", space_.folder(), what, std::generic_category().message(errno)));
}

} // namespace stalemate
