#pragma once

#include "lockless/interface.hpp"
#include "model/scenario/subsystem.hpp"

namespace stalemate::kernel::lockless {

/// Lock-free protocols, which Relacy executes under the memory model of C++ and the search explores
/// under sequential consistency.
[[nodiscard]] Subsystem subsystem();

/// Is the scenario a protocol?
[[nodiscard]] bool is_protocol(const Scenario& scenario);

/// Is the scenario a protocol that Relacy executes? Then `run` says what comes of it, and its model
/// is one execution, which no search needs to look at.
[[nodiscard]] bool is_for_relacy(const Scenario& scenario);

/// Runs the protocol, until `wants_end` is true. The schedule of a counterexample is that of the
/// scenario's model.
[[nodiscard]] relacy::Outcome run(const Scenario& scenario,
                                  const std::function<bool()>& wants_end = {});

/// The protocol as a litmus test for the kernel's own memory model, called `name`.
[[nodiscard]] std::string litmus_test(const Scenario& scenario, const std::string& name);

/// "never", "sometimes" or "data_race": what herd7 said of that test, as the scenario notes it;
/// empty if it notes nothing.
[[nodiscard]] std::string kernel_verdict(const Scenario& scenario);

/// "3 preemptive switches": how far a protocol holds.
[[nodiscard]] std::string bound_text(const Scenario& scenario);

} // namespace stalemate::kernel::lockless
