#pragma once

#include "checker/search/observer.hpp"

#include <chrono>
#include <string>

namespace stalemate::cli {

/// One line on stderr that says how far a search is; nothing unless stderr is a terminal. Gone when
/// the search is over.
class ProgressLine final : public Observer {
 public:
  explicit ProgressLine(std::string name);
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void progress(const Progress& progress) override;

 private:
  std::string name_;
  bool is_on_;
  bool is_shown_ = false;
  std::chrono::steady_clock::time_point last_;
};

} // namespace stalemate::cli
