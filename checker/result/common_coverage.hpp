#pragma once

#include "checker/result/coverage.hpp"

#include <map>
#include <string>
#include <vector>

namespace stalemate {

/// What the runs of many models take together. A step of a path is one, whatever the number of the
/// thing that it is about: "lock folio 0" and "lock folio 1" count as the same.
class CommonCoverage {
 public:
  /// `origin` is where the model comes from, as an example of where the step can be found.
  void add(const std::string& origin, const ir::Model& model, const Coverage& coverage);

  /// A way through a step that exists in some model and was taken in none.
  struct Missing {
    std::string path;
    std::string way;     ///< "step / alternative", numbers written as #.
    std::string example; ///< A model that has it.
  };

  /// Sorted by path and step.
  [[nodiscard]] std::vector<Missing> missing() const;
  /// How many ways there are, and how many were taken.
  [[nodiscard]] std::size_t ways() const { return ways_.size(); }
  [[nodiscard]] std::size_t taken() const { return ways() - missing().size(); }

 private:
  struct Way {
    bool taken = false;
    std::string example;
  };
  std::map<std::pair<std::string, std::string>, Way> ways_; ///< By path and way.
};

} // namespace stalemate
