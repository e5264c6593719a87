#include "cli/tests/program.hpp"

#include <cppunit/TestAssert.h>
#include <fmt/format.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

namespace stalemate::cli::tests {

namespace {

namespace fs = std::filesystem;

// Only what is safe between fork() and exec().
[[noreturn]] void become(std::vector<char*>& arguments,
                         const char* folder,
                         const char* in,
                         const char* out,
                         const char* err) {
  const int input = ::open(in, O_RDONLY);
  const int output = ::open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int error = ::open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (input < 0 || output < 0 || error < 0 || ::chdir(folder) != 0) ::_exit(99);
  ::dup2(input, 0);
  ::dup2(output, 1);
  ::dup2(error, 2);
  ::execv(arguments[0], arguments.data());
  ::_exit(98);
}

} // namespace

Outcome run(const std::vector<std::string>& arguments, const Setting& setting) {
  const Folder folder;
  const std::string in = folder.add("in", setting.input);
  const std::string out = setting.output.empty() ? folder / "out" : setting.output;
  const std::string err = folder / "err";
  std::vector<std::string> words{setting.program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words)
    pointers.push_back(word.data());
  pointers.push_back(nullptr);

  // What would change the words.
  for (const char* name : {"COLUMNS", "STALEMATE_SCENARIOS"})
    ::unsetenv(name); // NOLINT(concurrency-mt-unsafe): one thread
  const pid_t child = ::fork();
  if (child == 0) become(pointers, setting.folder.c_str(), in.c_str(), out.c_str(), err.c_str());
  CPPUNIT_ASSERT(child > 0);
  if (setting.signal != 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(setting.signal_after_ms));
    ::kill(child, setting.signal);
  }
  int state = 0;
  CPPUNIT_ASSERT_EQUAL(child, ::waitpid(child, &state, 0));
  const int status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  return {status, setting.output.empty() ? read(out) : std::string(), read(err)};
}

Folder::Folder() {
  path_ = (fs::temp_directory_path() / "stalemate-test-XXXXXX").string();
  CPPUNIT_ASSERT(::mkdtemp(path_.data()) != nullptr);
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::add(const std::string& name, const std::string& text) const {
  std::ofstream(*this / name, std::ios::binary) << text;
  return *this / name;
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void assert_golden(const std::string& name, const std::string& text) {
  const std::string path = STALEMATE_SOURCE_DIR "/cli/tests/golden/" + name;
  const char* approve = std::getenv("STALEMATE_APPROVE");
  if (approve != nullptr && std::string(approve) == "1") {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::istringstream approved(read(path));
  std::istringstream now(text);
  for (int line = 1; approved || now; ++line) {
    std::string a = "(end)";
    std::string b = "(end)";
    std::getline(approved, a);
    std::getline(now, b);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(fmt::format("golden/{}, line {}", name, line), a, b);
  }
}

std::string replaced(std::string text, const std::string& what, const std::string& replacement) {
  const auto at = text.find(what);
  CPPUNIT_ASSERT_MESSAGE(what, at != std::string::npos);
  return text.replace(at, what.size(), replacement);
}

} // namespace stalemate::cli::tests
