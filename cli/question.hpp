// What a scenario asks of every version of the kernel: the rows of `matrix`.
#pragma once

#include "cli/load.hpp"
#include "model/scenario/version.hpp"

#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

/// A question about versions, and the variants of its file that ask it.
struct Question {
  /// What a variant says of the versions that have the race.
  struct Statement {
    std::string who; ///< Its name.
    std::vector<kernel::Version> affected;
  };

  std::shared_ptr<const kernel::ScenarioFile> file;
  kernel::Scenario scenario;         ///< Its variant is the name of the row.
  std::vector<std::string> variants; ///< In the file's order.
  int line = 1;
  std::vector<Statement> statements; ///< Each only once.
};

/// The questions of these scenarios, in their order. Variants of a file whose models are the same
/// in every one of the versions ask the same; a variant that lists claims is one with another that
/// checks those and more. `left_out` becomes the number of those that ask about no version.
[[nodiscard]] std::vector<Question> questions(const std::vector<Candidate>& candidates,
                                              const std::vector<kernel::Version>& versions,
                                              std::size_t& left_out);

} // namespace stalemate::cli
