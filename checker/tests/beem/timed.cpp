// Mutual exclusion with clocks, over variables that are no atoms, and what is close to it: forks
// and elections.

#include "checker/tests/beem/models.hpp"

#include <algorithm>

namespace stalemate::tests::beem {

using namespace stalemate::build; // NOLINT: the notation

namespace {

/// Time left, of each process; `off` if it does not matter.
struct Clocks {
  Array left;
  int off;
};

Clocks clocks(Automata& all, int processes, int longest) {
  const int off = longest + 1;
  const std::vector<int> none(static_cast<std::size_t>(processes), off);
  return {all.variables.array("left", processes, 0, off, none), off};
}

/// Time passes unless somebody has none left.
void add_timer(Automata& all, const Clocks& clocks) {
  const int count = clocks.left.size();
  all.add({"ticks"}).way("ticks",
                         "ticks",
                         for_all(count, [&](int i) { return clocks.left[i] != 0; }),
                         for_each(count, [&](int i) {
                           const Place left = clocks.left[i];
                           return left = select(left == clocks.off, clocks.off, max(0, left - 1));
                         }));
}

std::vector<std::string> timed(int processes) {
  std::vector<std::string> names = numbered("process", processes);
  names.emplace_back("timer");
  return names;
}

} // namespace

Puzzle alur_taubenfeld(int processes, int short_delay, int long_delay) {
  const int nobody = processes;
  Automata all("at", timed(processes));
  const Place x = all.variables.var("x", 0, processes - 1);
  const Place y = all.variables.var("y", 0, nobody, nobody);
  const Place z = all.variables.flag("z");
  const Clocks time = clocks(all, processes, std::max(short_delay, long_delay));
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside",
                            "named x",
                            "saw y free",
                            "named y",
                            "was first",
                            "delayed",
                            "looks at y",
                            "looks at z",
                            "inside",
                            "cleared z",
                            "clears y"});
    const Place left = time.left[i];
    p.way("outside", "named x", together(x = i, left = time.off));
    p.way("named x", "saw y free", y == nobody, left = short_delay);
    p.way("saw y free", "named y", together(y = i, left = short_delay));
    p.way("named y", "was first", x == i, left = short_delay);
    p.way("was first", "inside", together(z = true, left = time.off));
    p.way("named y", "delayed", x != i, left = long_delay);
    p.way("delayed", "looks at y", left == 0, left = short_delay);
    p.way("looks at y", "outside", y != i, left = short_delay);
    p.way("looks at y", "looks at z", y == i, left = time.off);
    p.way("looks at z", "inside", !z);
    p.way("inside", "cleared z", together(z = false, left = short_delay));
    p.way("cleared z", "outside", y != i, left = time.off);
    p.way("cleared z", "clears y", y == i, left = short_delay);
    p.way("clears y", "outside", together(y = nobody, left = time.off));
  }
  add_timer(all, time);
  return finished(all, "inside");
}

Puzzle fischer(int processes, int short_delay, int long_delay) {
  Automata all("fischer", timed(processes));
  const Place owner = all.variables.var("owner", 0, processes);
  const Clocks time = clocks(all, processes, std::max(short_delay, long_delay));
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside", "tries", "waits", "inside"});
    const Place left = time.left[i];
    p.way("outside", "tries", owner == 0, left = short_delay);
    p.way("tries", "waits", together(left = long_delay, owner = i + 1));
    p.way("waits", "waits", left == 0, left = time.off);
    p.way("waits", "inside", left == time.off && owner == i + 1);
    p.way("waits", "outside", left == time.off && owner != i + 1);
    p.way("inside", "outside", owner = 0);
  }
  add_timer(all, time);
  return finished(all, "inside");
}

Puzzle lamport_nonatomic(int processes, Mistake mistake) {
  std::vector<std::string> names = numbered("variable", processes);
  for (const std::string& name : numbered("process", processes))
    names.push_back(name);
  Automata all("lamport_nonatomic", names);
  std::vector<Channel> read;
  std::vector<Channel> write;
  std::vector<Channel> done;
  for (int i = 0; i < processes; ++i) {
    read.push_back(all.channel());
    write.push_back(all.channel());
    done.push_back(all.channel());
  }
  const auto of = [](const std::vector<Channel>& channels, int i) {
    return channels[static_cast<std::size_t>(i)];
  };

  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"quiet", "written"});
    const Place old = p.local("old", 1);
    const Place fresh = p.local("fresh", 1);
    p.way("quiet", "quiet").sends(of(read, i), old);
    p.way("quiet", "written").receives(of(write, i), fresh);
    p.way("written", "quiet", old = fresh).sends(of(done, i));
    for (const int anything : {0, 1})
      p.way("written", "written").sends(of(read, i), anything);
  }
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside",
                            "raises",
                            "looks before",
                            "saw before",
                            "waits",
                            "lowers",
                            "lowering",
                            "lowered",
                            "looks behind",
                            "saw behind",
                            "inside",
                            "leaves"});
    const Place j = p.local("j", processes);
    const Place seen = p.local("seen", 1);
    const auto reads = [&](const char* from, const char* to, const Expr& where) {
      for (int x = 0; x < processes; ++x)
        p.way(from, to, where && j == x).receives(of(read, x), seen);
    };
    p.way("outside", "raises").sends(of(write, i), 1);
    p.way("raises", "looks before", j = 0).receives(of(done, i));
    p.way("looks before", "looks behind", j == i, j = i + 1);
    reads("looks before", "saw before", true);
    p.way("saw before", "looks before", !seen, j = j + 1);
    p.way("saw before", "waits", seen == 1);
    p.way("waits", "lowers", seen == 1);
    p.way("waits", "outside", !seen);
    p.way("lowers", "lowering").sends(of(write, i), mistake == Mistake::first ? 1 : 0);
    p.way("lowering", "lowered").receives(of(done, i));
    reads("lowered", "waits", true);
    reads("looks behind", "saw behind", true);
    reads("saw behind", "saw behind", seen == 1);
    p.way("saw behind",
          "looks behind",
          mistake == Mistake::second ? !seen || j > i : !seen,
          j = j + 1);
    p.way("looks behind", "inside", j == processes);
    p.way("inside", "leaves").sends(of(write, i), 0);
    p.way("leaves", "outside").receives(of(done, i));
  }
  return finished(all, "inside");
}

Puzzle philosophers_at_table(int count, bool is_odd) {
  Automata all("phils", numbered("philosopher", count));
  const Array fork = all.variables.flags("fork", count);
  for (int i = 0; i < count; ++i) {
    Automaton& p = all.add({"thinks", "has one", "eats", "has eaten"});
    const bool is_first = i == 0 && is_odd;
    const Place one = fork[is_first ? 1 : i];
    const Place other = fork[is_first ? 0 : (i + 1) % count];
    p.way("thinks", "has one", !one, one = true);
    p.way("has one", "eats", !other, other = true);
    p.way("eats", "has eaten", one = false);
    p.way("has eaten", "thinks", other = false);
  }
  all.record();
  return {all.variables.finish(), nullptr};
}

Puzzle philosophers_in_room(int count, int room) {
  Automata all("phils in a room", numbered("philosopher", count));
  const Array fork = all.variables.flags("fork", count);
  const Place there = all.variables.var("there", 0, room);
  for (int i = 0; i < count; ++i) {
    Automaton& p = all.add({"thinks", "sits", "has one", "eats", "has eaten"});
    const Place one = fork[i];
    const Place other = fork[(i + 1) % count];
    p.way("thinks", "sits", there < room, there = there + 1);
    p.way("sits", "thinks", there = there - 1);
    p.way("sits", "has one", !one, one = true);
    p.way("has one", "eats", !other, other = true);
    p.way("eats", "has eaten", one = false);
    p.way("has eaten", "sits", other = false);
  }
  all.record();
  return {all.variables.finish(), nullptr};
}

Puzzle leader_filters(int processes, Mistake mistake) {
  const int filters = 5; // Enough for four.
  Automata all("leader_filters", numbered("process", processes));
  const Array turn = all.variables.array("turn", filters, 0, processes - 1);
  const Array b = all.variables.flags("b", filters);
  const Array c = all.variables.flags("c", filters);
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"enters",
                            "took the turn",
                            "saw b",
                            "set b",
                            "lost the turn",
                            "set c",
                            "out",
                            "kept the turn",
                            "passed",
                            "elected"});
    const Place filter = p.local("filter", filters - 1);
    const Expr before = cell(c, filter - 1);
    p.way("enters", "took the turn", turn[filter] = i);
    p.way("took the turn", "saw b", mistake == Mistake::first ? Expr(true) : !b[filter]);
    p.way("saw b", "set b", b[filter] = true);
    p.way("set b", "lost the turn", turn[filter] != i);
    p.way("lost the turn", "set c", mistake == Mistake::second ? Effect() : c[filter] = true);
    p.way("set c", "out", b[filter] = false);
    p.way("set b", "kept the turn", turn[filter] == i);
    p.way("kept the turn", "passed", filter > 0 && !before);
    p.way("passed", "elected");
    p.way("kept the turn", "enters", filter == 0 || before == 1, filter = filter + 1);
    // It does nothing any more, but at another place than the leader does nothing.
    p.way("out", "out", false);
  }
  return finished(all, "elected");
}

} // namespace stalemate::tests::beem
