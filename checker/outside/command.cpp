#include "checker/outside/command.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace stalemate {

namespace fs = std::filesystem;

namespace {

constexpr int not_found = 127;

// Only what is safe between fork() and exec().
[[noreturn]] void become(const std::vector<char*>& words,
                         const char* folder,
                         const char* output,
                         unsigned seconds,
                         Command::Group group) {
  if (group == Command::Group::own) ::setpgid(0, 0);
  const int in = ::open("/dev/null", O_RDONLY);
  const int out = ::open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  rlimit limit{};
  bool is_ready = in >= 0 && out >= 0 && ::chdir(folder) == 0;
  is_ready = is_ready && ::getrlimit(RLIMIT_CPU, &limit) == 0;
  // Not more than whoever started us allows.
  limit.rlim_max = std::min(limit.rlim_max, rlim_t{seconds});
  limit.rlim_cur = limit.rlim_max;
  if (!is_ready || ::setrlimit(RLIMIT_CPU, &limit) != 0) ::_exit(not_found);
  ::dup2(in, 0);
  ::dup2(out, 1);
  ::dup2(out, 2);
  ::execvp(words[0], words.data());
  ::_exit(not_found);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

Command::Command(const std::vector<std::string>& words,
                 const std::string& folder,
                 unsigned seconds_max,
                 Group group)
    : group_(group) {
  const std::string output = log_.path() + "/out";
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words)
    pointers.push_back(const_cast<char*>(word.c_str())); // NOLINT: execvp() is older than const
  pointers.push_back(nullptr);

  process_ = ::fork();
  if (process_ == 0) become(pointers, folder.c_str(), output.c_str(), seconds_max, group);
  if (process_ < 0) throw std::runtime_error("cannot run " + words.front());
  // Whoever comes first, it or we; the other one fails.
  if (group == Group::own) ::setpgid(process_, process_);
}

Command::~Command() {
  if (process_ < 0) return;
  ::kill(group_ == Group::own ? -process_ : process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

/// False if it goes on.
bool Command::wait(int options) {
  if (process_ < 0) return true;
  int state = 0;
  rusage used{};
  pid_t ended = 0;
  do
    ended = ::wait4(process_, &state, options, &used);
  while (ended < 0 && errno == EINTR);
  if (ended == 0) return false;
  if (ended < 0) throw std::runtime_error("a program was lost");
  process_ = -1;
  ran_.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  ran_.out = log_.read("out");
  ran_.seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  ran_.memory = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
  return true;
}

bool Command::is_done() {
  return wait(WNOHANG);
}

const Ran& Command::result() {
  (void)wait(0);
  return ran_;
}

Ran run(const std::vector<std::string>& words, const std::string& folder, unsigned seconds_max) {
  return Command(words, folder, seconds_max).result();
}

bool has_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (::access(folder.append("/").append(name).c_str(), X_OK) == 0) return true;
  return false;
}

TemporaryFolder::TemporaryFolder() {
  path_ = (fs::temp_directory_path() / "stalemate-XXXXXX").string();
  if (::mkdtemp(path_.data()) == nullptr)
    throw std::runtime_error("cannot make a folder like " + path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void TemporaryFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ + "/" + name, std::ios::binary) << text;
}

std::string TemporaryFolder::read(const std::string& name) const {
  std::ifstream file(path_ + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace stalemate
