#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate {

/// Something that another checker found to be broken.
struct Finding {
  Verdict verdict = Verdict::holds; ///< violated, deadlock or model_error
  int property = -1;                ///< Index into Model::properties; -1 for model_error.
  std::uint64_t length = 0;         ///< Steps of its counterexample.
};

/// What another checker says about an exported model.
struct Opinion {
  std::string failure;           ///< Why it says nothing; empty if it does.
  std::vector<Finding> findings; ///< Empty: the model holds.
  std::uint64_t states = 0;      ///< Valid if the model holds, as is the next.
  std::uint64_t transitions = 0; ///< As Counts::transitions.
  double seconds = 0;            ///< Of processor time, without compilation.
  std::uint64_t memory = 0;      ///< At most in use, in bytes.
};

/// In words, how the opinion differs from our result; empty if it does not. They agree if
/// - both say that the model holds, with as many states and transitions; or
/// - our counterexample is as long as the shortest of theirs, and one of these breaks the same.
/// When several things break after equally many steps, which one is reported is a matter of order.
/// That is why an opinion has all findings of the smallest length.
[[nodiscard]] std::string
disagreement(const ir::Model& model, const Result& result, const Opinion& opinion);

/// The model without its claims: whatever it does, all of its states can be counted.
[[nodiscard]] ir::Model without_claims(ir::Model model);

} // namespace stalemate
