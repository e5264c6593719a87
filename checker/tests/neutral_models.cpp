#include "checker/tests/neutral_models.hpp"

#include "checker/builder/path.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace stalemate::tests {

using namespace stalemate::build; // NOLINT: the notation

namespace {

std::vector<std::string> numbered(const std::string& name, int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i)
    names.push_back(fmt::format("{}{}", name, i));
  return names;
}

} // namespace

ir::Model philosophers(int count, Manners manners) {
  const auto names = numbered("philosopher", count);
  Model m(names, "philosophers");
  const Array fork = m.holders("fork", count);
  const Array eating = m.flags("eating", count);

  for (int i = 0; i < count; ++i) {
    m.process(names[static_cast<std::size_t>(i)], "philosopher", [&](Path& p) {
      const auto dine = p.function("dine", "");
      const bool swap = manners == Manners::last_is_odd && i == count - 1;
      const Lock left = m.lock(fork[i]);
      const Lock right = m.lock(fork[(i + 1) % count]);
      p.label("think");
      p.step("take the first fork", take(swap ? right : left));
      p.step("take the second fork", take(swap ? left : right).then(eating[i] = true));
      p.step("put the left fork down", then(eating[i] = false, release(left)));
      p.step("put the right fork down", then(release(right)).go("think"));
    });
  }

  std::vector<std::pair<Expr, Sentence>> parts;
  for (int i = 0; i < count; ++i)
    parts.emplace_back(!(eating[i] && eating[(i + 1) % count]),
                       fmt::format("philosopher {} and the next", i));
  m.invariant("neighbours_take_turns", "neighbours do not eat together", parts);
  m.no_deadlock();
  return m.finish();
}

ir::Model peterson(Announces first) {
  const auto names = numbered("p", 2);
  Model m(names, "Peterson's lock");
  const Array wants = m.flags("wants", 2);
  const Place turn = m.var("turn", 0, 1);
  const Array inside = m.flags("inside", 2);

  for (int i = 0; i < 2; ++i) {
    m.process(names[static_cast<std::size_t>(i)], "enter and leave", [&](Path& p) {
      const auto enter = p.function("enter", "");
      const int other = 1 - i;
      p.label("again");
      if (first == Announces::interest) p.step("announce interest", then(wants[i] = true));
      p.step("give way", then(turn = other));
      if (first == Announces::turn) p.step("announce interest", then(wants[i] = true));
      p.step(
          "wait for the turn",
          always().wait(!wants[other] || turn == i, "the turn", other + 1).then(inside[i] = true));
      p.step("leave", then(inside[i] = false, wants[i] = false).go("again"));
    });
  }
  m.invariant(
      "mutual_exclusion", "only one is inside", {{!(inside[0] && inside[1]), "both inside"}});
  m.no_deadlock();
  return m.finish();
}

} // namespace stalemate::tests
