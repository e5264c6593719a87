// What came out of many logs, and of the same logs changed: the page docs/conformance.md.
#pragma once

#include "reproduce/conform/judge.hpp"
#include "reproduce/conform/mutate.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace stalemate::reproduce {

class Tally {
 public:
  void add(const Log& log, const std::string& name, int blocks, const Judgement& judgement);
  void add(Change change, const Mutant& mutant, const Judgement& judgement, bool may_be_missing);

  [[nodiscard]] int logs() const { return logs_; }
  [[nodiscard]] int refused() const { return refused_; }

  /// A line for each scenario, and what was refused.
  [[nodiscard]] std::vector<std::string> text() const;
  /// The page, with what is known of the divergences.
  [[nodiscard]] std::string markdown(const std::vector<Divergence>& known) const;

 private:
  struct OfScenario {
    int blocks = 0;
    int logs = 0;
    std::set<std::string> orders; ///< The arrivals in order.
    int runs = 0;
    int refused = 0;
    int incomplete = 0;
  };
  struct OfReason {
    int logs = 0;
    std::string example;
    std::set<std::string> scenarios;
  };
  struct OfChange {
    int made = 0;
    int refused = 0;
    std::map<std::string, int> survived; ///< By reason.
  };

  int logs_ = 0;
  int refused_ = 0;
  std::set<std::string> kernels_;
  std::map<std::string, OfScenario> scenarios_;
  std::map<std::string, OfReason> reasons_;
  std::map<std::string, int> incomplete_;
  std::map<Change, OfChange> changes_;
};

} // namespace stalemate::reproduce
