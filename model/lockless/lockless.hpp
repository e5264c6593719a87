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

/// What comes of the protocol. It is executed when the scenario's model is built, which is one
/// execution: that of a counterexample, if there is one.
[[nodiscard]] relacy::Outcome run(const Scenario& scenario);

/// From now on whoever executes a protocol asks `begin` for a question, and ends as incomplete when
/// the answer to it is yes.
void watch_executions(std::function<std::function<bool()>()> begin);

/// The protocol as a litmus test for the kernel's own memory model, called `name`.
[[nodiscard]] std::string litmus_test(const Scenario& scenario, const std::string& name);

/// "never", "sometimes" or "data_race": what herd7 said of that test, as the scenario notes it;
/// empty if it notes nothing.
[[nodiscard]] std::string kernel_verdict(const Scenario& scenario);

/// "3 preemptive switches": how far a protocol holds.
[[nodiscard]] std::string bound_text(const Scenario& scenario);

} // namespace stalemate::kernel::lockless
