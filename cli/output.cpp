#include "cli/output.hpp"

#include "cli/job.hpp"
#include "cli/signals.hpp"
#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <system_error>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, int error) {
  throw WriteError(fmt::format("{}: cannot write: {}",
                               kernel::printable(path, 300),
                               std::generic_category().message(error)));
}

// A file being written. Gone without a trace unless kept.
class Draft {
 public:
  Draft(int descriptor, std::string path, std::string target)
      : descriptor_(descriptor), path_(std::move(path)), target_(std::move(target)) {
    if (descriptor_ < 0) fail(target_, errno);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  void write(std::string_view content) const {
    while (!content.empty()) {
      const ssize_t count = ::write(descriptor_, content.data(), content.size());
      // A pipe may never be read; a file takes no time.
      if (count < 0 && errno == EINTR && !is_interrupted()) continue;
      if (count < 0) fail(target_, errno);
      content.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  // mkstemp() lets only the owner read; others get what the umask leaves them.
  void share() const {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(descriptor_, 0666 & ~mask) != 0) fail(target_, errno);
  }

  void sync() const {
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP) fail(target_, errno);
  }

  void close() {
    const int descriptor = descriptor_;
    descriptor_ = -1;
    if (::close(descriptor) != 0) fail(target_, errno);
  }

  void keep() {
    if (::rename(path_.c_str(), target_.c_str()) != 0) fail(target_, errno);
    path_.clear();
  }

 private:
  int descriptor_;
  std::string path_; // empty: the target itself
  std::string target_;
};

} // namespace

void flush_stdout() {
  std::cout.flush();
  if (!std::cout) throw WriteError("standard output: cannot write");
}

void write_output(const std::string& path, const std::string& content) {
  if (path == "-") {
    std::cout << content;
    return flush_stdout();
  }
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    Draft device(::open(path.c_str(), O_WRONLY | O_CLOEXEC), "", path);
    device.write(content);
    return device.close();
  }
  // Behind a symbolic link, so that the link stays one.
  const std::string target = fs::exists(status) ? fs::canonical(path).string() : path;
  std::string draft_path = target + ".XXXXXX";
  const int descriptor = ::mkstemp(draft_path.data());
  Draft draft(descriptor, descriptor < 0 ? "" : draft_path, target);
  draft.write(content);
  draft.share();
  draft.sync();
  draft.close();
  draft.keep();
}

void expect_writable(const std::string& path) {
  if (path == "-") return;
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::is_directory(status)) fail(path, EISDIR);
  const bool is_replaced = !fs::exists(status) || fs::is_regular_file(status);
  const fs::path folder = fs::path(path).parent_path();
  const std::string changed = !is_replaced ? path : folder.empty() ? "." : folder.string();
  if (::access(changed.c_str(), W_OK) != 0) fail(path, errno);
}

namespace {

// Who starts several ranks lets each of them write to a terminal, wherever that goes then.
bool is_terminal(int file) {
  return job() == nullptr && ::isatty(file) == 1;
}

} // namespace

bool stdout_has_colour() {
  const char* no_color = std::getenv("NO_COLOR"); // NOLINT(concurrency-mt-unsafe): one thread
  const char* term = std::getenv("TERM");         // NOLINT(concurrency-mt-unsafe): one thread
  const bool is_refused = no_color != nullptr && *no_color != '\0';
  const bool is_dumb = term == nullptr || std::string_view(term) == "dumb";
  return !is_refused && !is_dumb && is_terminal(STDOUT_FILENO);
}

int text_columns(int wanted) {
  constexpr int usual = 100;
  if (wanted > 0) return wanted;
  const char* told = std::getenv("COLUMNS"); // NOLINT(concurrency-mt-unsafe): one thread
  const std::string_view columns = told == nullptr ? "" : told;
  int number = 0;
  const auto [end, error] =
      std::from_chars(columns.data(), columns.data() + columns.size(), number);
  if (error == std::errc() && end == columns.data() + columns.size() && number > 0) return number;
  winsize size{};
  const bool is_known =
      job() == nullptr && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? std::min(usual, static_cast<int>(size.ws_col)) : usual;
}

void show_progress(const std::string& text) {
  winsize size{};
  const bool is_known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  constexpr std::size_t usual = 80;
  // A line that fills the last column is one that wraps, on some terminals.
  const std::size_t columns = (is_known ? size.ws_col : usual) - 1;
  std::cerr << "\r\033[K" << text.substr(0, columns) << std::flush;
}

bool stderr_is_terminal() {
  return is_terminal(STDERR_FILENO);
}

} // namespace stalemate::cli
