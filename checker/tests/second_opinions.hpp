// How tests ask other checkers.
#pragma once

#include "checker/audit/rumur.hpp"
#include "checker/audit/spin.hpp"
#include "checker/ir/model.hpp"
#include "checker/outside/command.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace stalemate::tests {

using Ask = std::function<Opinion(const ir::Model&)>;

/// The first of the two compilers translates Spin's verifier of a small model 40 times as fast as
/// the second; the second is for models where the verifier runs for longer than that.
[[nodiscard]] Opinion spin_of_small(const ir::Model& model);
[[nodiscard]] Opinion spin_of_large(const ir::Model& model);
[[nodiscard]] Opinion rumur_of_small(const ir::Model& model);
[[nodiscard]] Opinion rumur_of_large(const ir::Model& model);

/// How the other checker disagrees with explore() about the model, in words; empty if it does not.
/// If the model is broken, so that there is nothing to count, also about the model without claims.
[[nodiscard]] std::string disagreement(const ir::Model& model, const Ask& ask);

/// As disagreement(), and a smaller model that shows it, in Promela.
[[nodiscard]] std::string explained_disagreement(const ir::Model& model, const Ask& ask);

/// True if explore() needs at most so many states, also without the claims.
[[nodiscard]] bool is_small(const ir::Model& model, std::uint64_t states_max);

/// Fails a test, with advice, if a program is missing.
void require_program(const std::string& name);

} // namespace stalemate::tests
