#pragma once

#include "model/swap/paths/do_swap_page.hpp"

namespace stalemate::kernel::swap {

// A task that looks again and again without sleeping keeps the CPU of all that are less urgent, one
// of which may have what it waits for (029c4628b2eb). It keeps it only from where it found the
// claim on a slot taken to where it gets it or sleeps: what it does before and after waits for
// nobody.

/// A step of a task that has a claim on a slot, and may have lost the CPU to a more urgent one.
[[nodiscard]] inline build::Alternative
while_on_cpu(const World& w, const Fault& fault, const build::Alternative& way) {
  if (!w.has_urgent() || fault.is_urgent) return way;
  return way.wait(w.cpu == 0, "the CPU, which a more urgent task keeps", w.cpu);
}

/// The task has not got the claim, and looks again, asleep in between or not.
[[nodiscard]] inline build::Alternative looks_again(const build::Path& p,
                                                    const World& w,
                                                    const Fault& fault,
                                                    bool sleeps,
                                                    const build::Alternative& way) {
  const bool keeps = fault.is_urgent && !sleeps;
  return (keeps ? way.then(w.cpu = p.self()) : way).retry();
}

/// The task goes on with what it wanted.
[[nodiscard]] inline build::Alternative
gets_on(const World& w, const Fault& fault, const build::Alternative& way) {
  return fault.is_urgent ? way.then(w.cpu = 0) : way;
}

} // namespace stalemate::kernel::swap
