#include "cli/signals.hpp"

#include <signal.h> // NOLINT(modernize-deprecated-headers): sigaction is POSIX

namespace stalemate::cli {

namespace {

std::atomic<bool> interrupted{false};
std::atomic<int> signal_number{0};

static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "what a signal handler may touch");

void on_signal(int signal) {
  signal_number.store(signal);
  interrupted.store(true);
}

} // namespace

void catch_signals() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  // Not SA_RESTART: waiting for standard input must end as well, and for a file that is a full
  // pipe.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  // A file that would become too large is an error of writing it, like a full disk.
  ::signal(SIGXFSZ, SIG_IGN);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction old = {};
    sigaction(signal, nullptr, &old);
    // nohup and background jobs of a shell ignore signals on purpose.
    if (old.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
}

const std::atomic<bool>& is_interrupted() {
  return interrupted;
}

int caught_signal() {
  return signal_number.load();
}

} // namespace stalemate::cli
