#include "reports/arrows.hpp"

#include "reports/diagram_text.hpp"

namespace stalemate::report {

std::vector<Arrow> arrows(const Causality& causality) {
  std::vector<Arrow> all;
  const Path relied{{}, ink::accent, 1.2, false, Tip::arrow};
  const Path missed{{}, ink::accent, 1.2, true, Tip::bar};
  for (const Link& l : causality.links)
    all.push_back({l.source, l.target, {{}, ink::black, 0.9, l.is_lock, Tip::arrow}});
  for (const Stale& s : causality.stale) {
    all.push_back({s.sampled, s.used, relied});
    all.push_back({s.changed, s.used, missed});
  }
  for (const OldLoad& l : causality.old_loads) {
    if (l.stored >= 0) all.push_back({l.stored, l.used, relied});
    all.push_back({l.changed, l.used, missed});
  }
  if (!draws_turns(causality)) return all;
  for (const Turn& t : causality.turns) {
    all.push_back({t.tested, t.used, relied});
    if (t.changed >= 0) all.push_back({t.changed, t.used, missed});
  }
  return all;
}

} // namespace stalemate::report
