// Which of several changes of a kernel decide what comes out.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

struct Bisection {
  std::string scenario; ///< "R1#before"
  std::string before;   ///< What the kernel without any change is called: "v6.6".
  std::string after;    ///< With all of them.
  std::vector<std::string> changes;
  std::vector<std::string> idle; ///< Changes that make no difference, and were left out.
  std::string answer_before;     ///< "no_lost_write is violated after 16 steps"
  std::string answer_after;

  /// A set of changes, by number, and what comes out with them, or without.
  struct Set {
    std::vector<std::size_t> changes;
    std::string answer;
  };
  std::vector<Set> enough; ///< All smallest sets that alone bring about what all of them do.
  std::vector<Set> needed; ///< All smallest sets without which the rest does not.
  std::size_t kernels = 0; ///< That were looked at.
  std::vector<std::string> undecided; ///< Those about which nothing is known, with the reason.
};

void write_bisection_text(const Bisection& bisection, std::ostream& out);
void write_bisection_json(const Bisection& bisection, std::ostream& out);

} // namespace stalemate::report
