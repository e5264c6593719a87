// Throws a corpus at a target, and a number of inputs made from it: always the same ones.
//
//   fuzz_trace CORPUS COUNT [FIRST-SEED]
//
// An input that takes more than some seconds of the processor is a hang, and ends like a crash:
// with the input in a file beside, which can be given as the corpus.

#include "checker/tests/figures.hpp"
#include "tests/fuzz/mutation.hpp"
#include "tests/fuzz/target.hpp"

#include <sys/time.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr long seconds_max = 20;
constexpr auto culprit = "fuzz-culprit";

std::vector<std::string> read_all(const fs::path& corpus) {
  std::vector<fs::path> files;
  if (fs::is_directory(corpus))
    for (const auto& entry : fs::directory_iterator(corpus))
      files.push_back(entry.path());
  else
    files.push_back(corpus);
  std::ranges::sort(files);
  std::vector<std::string> inputs;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return inputs;
}

std::string now; // What the target was given last.

// The state of the process is lost, but what it was given is whole.
void keep_culprit(int signal) {
  std::ofstream(culprit, std::ios::binary) << now;
  std::fprintf(
      stderr, "%s; the input is in %s\n", signal == SIGPROF ? "hangs" : "crashes", culprit);
  std::_Exit(1);
}

// The machine may be busy with something else.
void allow(long seconds) {
  const itimerval timer{{0, 0}, {seconds, 0}};
  ::setitimer(ITIMER_PROF, &timer, nullptr);
}

void give(std::string input) {
  now = std::move(input);
  allow(seconds_max);
  (void)LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(now.data()), now.size());
  allow(0);
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s CORPUS COUNT [FIRST-SEED]\n", argv[0]);
    return 2;
  }
  for (const int signal : {SIGPROF, SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL})
    std::signal(signal, keep_culprit);
  const std::vector<std::string> known = read_all(argv[1]);
  if (known.empty()) {
    std::fprintf(stderr, "%s: nothing is in it\n", argv[1]);
    return 2;
  }
  const auto count = std::stoull(argv[2]);
  const auto first = argc > 3 ? std::stoull(argv[3]) : 1;
  for (const std::string& input : known)
    give(input);
  for (auto seed = first; seed < first + count; ++seed)
    give(stalemate::fuzz::Mutator(seed, known).next());
  stalemate::tests::count_figure("fuzz_" + fs::path(argv[1]).filename().string(),
                                 known.size() + count);
  std::printf("%zu inputs of the corpus, %llu made from them\n", known.size(), count);
}
