// Built where Relacy is not installed, and under sanitizers, which it does not live with.

#include "lockless/interface.hpp"

namespace stalemate::relacy {

namespace {

Outcome missing() {
  Outcome outcome;
  outcome.kind = Outcome::Kind::incomplete;
  outcome.text = "built without Relacy";
  return outcome;
}

} // namespace

bool is_there() {
  return false;
}

Outcome run_protocol(int, int, const Bound&) {
  return missing();
}

Outcome run_machine(Machine&, const Bound&, int) {
  return missing();
}

} // namespace stalemate::relacy
