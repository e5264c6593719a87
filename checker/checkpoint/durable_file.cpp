#include "checker/checkpoint/durable_file.hpp"

#include "checker/checkpoint/checkpoint_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace stalemate {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = std::size_t{1} << 20;

[[noreturn]] void fail(const fs::path& path, const char* what) {
  throw CheckpointError(
      fmt::format("{}: {}: {}", path.string(), what, std::generic_category().message(errno)));
}

/// An open file, or a folder, for the time of a few calls.
class Open {
 public:
  Open(const fs::path& path, int flags, const char* what) : file_(::open(path.c_str(), flags)) {
    if (file_ < 0) fail(path, what);
  }
  ~Open() { ::close(file_); }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;

  [[nodiscard]] int file() const { return file_; }

 private:
  int file_;
};

/// How many bytes were read; fewer than asked for only at the file's end.
std::size_t read_some(const fs::path& path, int file, std::uint64_t at, std::span<std::byte> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t now =
        ::pread(file, into.data() + done, into.size() - done, static_cast<off_t>(at + done));
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) fail(path, "cannot be read");
    if (now == 0) break;
    done += static_cast<std::size_t>(now);
  }
  return done;
}

/// Renames are on the disk when the folder is.
void sync_folder_of(const fs::path& path) {
  const Open folder(path.parent_path(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, "cannot be opened");
  if (::fsync(folder.file()) != 0) fail(path.parent_path(), "cannot be synced");
}

} // namespace

DurableFile::DurableFile(fs::path path)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
  if (file_ < 0) fail(path_, "cannot be written");
}

DurableFile::~DurableFile() {
  if (file_ >= 0) ::close(file_);
}

void DurableFile::write(std::span<const std::byte> bytes) {
  digest_.add(bytes);
  bytes_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t now = ::write(file_, bytes.data(), bytes.size());
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) fail(path_, "cannot be written");
    bytes = bytes.subspan(static_cast<std::size_t>(now));
  }
}

void DurableFile::finish() {
  if (::fsync(file_) != 0) fail(path_, "cannot be written");
  if (::close(std::exchange(file_, -1)) != 0) fail(path_, "cannot be written");
}

void put_in_place(const fs::path& finished, const fs::path& name) {
  if (::rename(finished.c_str(), name.c_str()) != 0) fail(name, "cannot be written");
  sync_folder_of(name);
}

void keep_as(const fs::path& file, const fs::path& name) {
  const fs::path draft = name.string() + ".new";
  (void)::unlink(draft.c_str());
  if (::link(file.c_str(), draft.c_str()) != 0) fail(draft, "cannot be written");
  put_in_place(draft, name);
}

std::vector<std::byte> content_of(const fs::path& file, std::uint64_t bytes_max) {
  const Open open(file, O_RDONLY | O_CLOEXEC, "cannot be read");
  struct stat about {};
  if (::fstat(open.file(), &about) != 0) fail(file, "cannot be read");
  const auto bytes = static_cast<std::uint64_t>(about.st_size);
  if (bytes > bytes_max)
    throw CheckpointError(fmt::format("{}: damaged: too large", file.string()));
  std::vector<std::byte> content(bytes);
  content.resize(read_some(file, open.file(), 0, content));
  return content;
}

FileSum sum_of(const fs::path& file) {
  const Open open(file, O_RDONLY | O_CLOEXEC, "cannot be read");
  std::vector<std::byte> piece(piece_bytes);
  FileSum sum;
  Digest digest;
  for (std::size_t now = piece_bytes; now == piece_bytes; sum.bytes += now) {
    now = read_some(file, open.file(), sum.bytes, piece);
    digest.add(std::span(piece).first(now));
  }
  sum.digest = digest.value();
  return sum;
}

void read_at(const fs::path& file, std::uint64_t at, std::span<std::byte> into) {
  const Open open(file, O_RDONLY | O_CLOEXEC, "cannot be read");
  if (read_some(file, open.file(), at, into) != into.size())
    throw CheckpointError(fmt::format("{}: damaged: too short", file.string()));
}

} // namespace stalemate
