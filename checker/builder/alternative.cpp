#include "checker/builder/alternative.hpp"

namespace stalemate::build {

Alternative Alternative::when(const Expr& condition) const {
  Alternative changed = *this;
  changed.guard_ = guard_ && condition;
  return changed;
}

Alternative Alternative::otherwise() const {
  Alternative changed = *this;
  changed.otherwise_ = true;
  return changed;
}

Alternative
Alternative::wait(const Expr& until, const std::string& what, const Expr& holder) const {
  Alternative changed = *this;
  ir::Wait wait;
  wait.until = until.node();
  wait.what = what;
  if (!ir::is_constant(holder.node(), 0)) wait.holders.push_back(holder.node());
  changed.waits_.push_back(std::move(wait));
  return changed;
}

Alternative Alternative::not_waiting_if(const Expr& condition) const {
  Alternative next = *this;
  for (ir::Wait& wait : next.waits_)
    wait.until = (Expr(wait.until) || condition).node();
  return next;
}

Alternative
Alternative::check(const Claim& claim, const Expr& holds, const std::string& text) const {
  Alternative changed = *this;
  if (claim.property) changed.checks_.push_back({holds.node(), *claim.property, text});
  return changed;
}

Alternative Alternative::note(const std::string& note) const {
  Alternative changed = *this;
  changed.note_ = note;
  return changed;
}

Alternative Alternative::retry() const {
  Alternative changed = *this;
  changed.retry_ = true;
  return changed;
}

Alternative Alternative::go(const std::string& label) const {
  Alternative changed = *this;
  changed.way_ = Way::named;
  changed.name_ = label;
  return changed;
}

Alternative Alternative::go(Label label) const {
  Alternative changed = *this;
  changed.way_ = Way::label;
  changed.label_ = label;
  return changed;
}

Alternative Alternative::ret() const {
  Alternative changed = *this;
  changed.way_ = Way::ret;
  return changed;
}

Alternative Alternative::end() const {
  Alternative changed = *this;
  changed.way_ = Way::end;
  return changed;
}

Alternative Alternative::add(const Taking& lock) const {
  Alternative changed = add(lock.effect);
  changed.waits_.push_back(lock.wait);
  return changed;
}

Alternative Alternative::add(const Effect& effect) const {
  Alternative changed = *this;
  changed.effect_ = effect_.then(effect);
  return changed;
}

} // namespace stalemate::build
