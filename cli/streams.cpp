#include "cli/streams.hpp"

#include "cli/signals.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstddef>
#include <iostream>
#include <mutex>
#include <new>
#include <optional>
#include <streambuf>
#include <string_view>
#include <utility>

namespace stalemate::cli {

namespace {

constexpr auto look_distance_ms = 50;
constexpr std::chrono::milliseconds patience{500};
constexpr std::size_t kept_max = std::size_t{1} << 16;
// So much fits wherever poll() says that something does.
constexpr std::size_t piece_max = PIPE_BUF;

class Stream : public std::streambuf {
 public:
  explicit Stream(int descriptor) : descriptor_(descriptor) {}

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char one = traits_type::to_char_type(c);
    return xsputn(&one, 1) == 1 ? c : traits_type::eof();
  }

  // Several threads may say something.
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    const std::lock_guard lock(mutex_);
    for (std::string_view rest(text, static_cast<std::size_t>(count)); !rest.empty();) {
      if (kept_count_ == kept_.size() && !write_kept()) return 0;
      const std::size_t more = rest.copy(kept_.data() + kept_count_, kept_.size() - kept_count_);
      kept_count_ += more;
      rest.remove_prefix(more);
    }
    return count;
  }

  int sync() override {
    const std::lock_guard lock(mutex_);
    return write_kept() ? 0 : -1;
  }

 private:
  bool write_kept() {
    std::string_view rest(kept_.data(), std::exchange(kept_count_, 0));
    while (!rest.empty() && can_write()) {
      const ssize_t now = ::write(descriptor_, rest.data(), std::min(rest.size(), piece_max));
      if (now < 0 && errno != EINTR && errno != EAGAIN) break;
      rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(now, 0)));
    }
    return rest.empty();
  }

  bool can_write() {
    for (;;) {
      pollfd one{descriptor_, POLLOUT, 0};
      const int ready = ::poll(&one, 1, is_given_up_ ? 0 : look_distance_ms);
      // What is wrong with it, write() says.
      if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
      if (is_given_up_) return false;
      if (!is_interrupted()) continue;
      const auto now = std::chrono::steady_clock::now();
      if (!waits_since_) waits_since_ = now;
      // Once for all: whoever comes to clean up has something to say, too.
      is_given_up_ = now - *waits_since_ >= patience;
    }
  }

  int descriptor_;
  std::mutex mutex_;
  std::array<char, kept_max> kept_; // NOLINT: written before read.
  std::size_t kept_count_ = 0;
  std::optional<std::chrono::steady_clock::time_point> waits_since_; ///< The signal.
  bool is_given_up_ = false;
};

} // namespace

void take_over_streams() {
  // Never destroyed: the library flushes both after everything else. Nor may there be too little
  // memory to say so.
  alignas(Stream) static std::array<std::byte, sizeof(Stream)> out;
  alignas(Stream) static std::array<std::byte, sizeof(Stream)> err;
  std::cout.rdbuf(new (out.data()) Stream(STDOUT_FILENO));
  std::cerr.rdbuf(new (err.data()) Stream(STDERR_FILENO));
}

} // namespace stalemate::cli
