// A protocol as a C litmus test, for herd7 and the kernel's own memory model, tools/memory-model:
// the opinion on weakly ordered memory that kernel developers go by.
#pragma once

#include <string>

namespace stalemate::litmus {

/// The test of a variant of a protocol, both as protocols() numbers them, called `name`. Its
/// `exists` clause, or a data race that herd flags, is a claim that breaks.
[[nodiscard]] std::string litmus_test(const std::string& name, int protocol, int variant);

} // namespace stalemate::litmus
