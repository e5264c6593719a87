#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <string>

namespace stalemate::tests {

/// What tests have counted. Written when the process ends, a line for each thing, to the end of the
/// file that STALEMATE_FIGURES names; docs/reliability.md is made of it.
class Figures {
 public:
  static Figures& of_process() {
    static Figures figures;
    return figures;
  }

  void add(const std::string& what, std::uint64_t count) {
    const std::lock_guard lock(mutex_);
    counts_[what] += count;
  }

  Figures(const Figures&) = delete;
  Figures& operator=(const Figures&) = delete;

 private:
  Figures() = default;
  ~Figures() {
    const char* file = std::getenv("STALEMATE_FIGURES");
    if (file == nullptr) return;
    std::ofstream out(file, std::ios::app);
    for (const auto& [what, count] : counts_)
      out << what << ' ' << count << '\n';
  }

  std::mutex mutex_;
  std::map<std::string, std::uint64_t> counts_;
};

/// One more that came out as it must; called behind the assertion that says so.
inline void count_figure(const std::string& what, std::uint64_t count = 1) {
  Figures::of_process().add(what, count);
}

} // namespace stalemate::tests
