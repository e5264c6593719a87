// Mutual exclusion with nothing but reads and writes, and with queues.

#include "checker/tests/beem/models.hpp"

namespace stalemate::tests::beem {

using namespace stalemate::build; // NOLINT: the notation

Puzzle anderson(int processes) {
  const int last = processes - 1;
  Automata all("anderson", numbered("waiter", processes));
  std::vector<int> first(static_cast<std::size_t>(processes));
  first.front() = 1;
  const Array slot = all.variables.flags("slot", processes, first);
  // Whoever draws before another one has wrapped it goes on counting.
  const Place next = all.variables.var("next", 0, 2 * processes);
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside", "drawn", "wrapped", "called", "inside"});
    const Place mine = p.local("mine", 2 * processes);
    p.way("outside", "drawn", together(mine = next, next = next + 1));
    p.way("drawn", "wrapped", mine == last, next = next - processes);
    p.way("drawn", "wrapped", mine != last, mine = mine % processes);
    p.way("wrapped", "called", cell(slot, mine) == 1);
    p.way("called", "inside", cell(slot, mine) = 0);
    p.way("inside", "outside", cell(slot, (mine + 1) % processes) = 1);
  }
  return finished(all, "inside");
}

Puzzle bakery(int processes, int highest, Mistake mistake) {
  Automata all("bakery", numbered("customer", processes));
  const Array chooses = all.variables.flags("chooses", processes);
  const Array ticket = all.variables.array("ticket", processes, 0, highest);
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside", "choosing", "asking", "comparing", "inside"});
    const Place j = p.local("j", processes);
    const Place most = p.local("most", highest);
    const Expr other = cell(ticket, j);
    const Expr goes_before = mistake == Mistake::first ? other < ticket[i] : other > ticket[i];
    p.way("outside", "choosing", together(chooses[i] = true, j = 0, most = 0));
    p.way("choosing", "choosing", j < processes && other > most, together(most = other, j = j + 1));
    p.way("choosing", "choosing", j < processes && other <= most, j = j + 1);
    p.way("choosing",
          "asking",
          j == processes && most < highest,
          together(ticket[i] = most + 1, j = 0, chooses[i] = false));
    p.way("asking", "comparing", j < processes && !cell(chooses, j));
    p.way("comparing",
          "asking",
          other == 0 || goes_before || (other == ticket[i] && i <= j),
          j = j + 1);
    p.way("asking", "inside", j == processes);
    p.way("inside", "outside", ticket[i] = 0);
  }
  return finished(all, "inside");
}

Puzzle lamport(int processes, Mistake mistake) {
  const int nobody = processes;
  Automata all("lamport", numbered("process", processes));
  const Array wants = all.variables.flags("wants", processes);
  const Place x = all.variables.var("x", 0, nobody, nobody);
  const Place y = all.variables.var("y", 0, nobody, nobody);
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside",
                            "wants",
                            "named x",
                            "gives way",
                            "alone",
                            "named y",
                            "looks around",
                            "saw all",
                            "inside",
                            "leaves"});
    const Place j = p.local("j", processes);
    p.way("outside", "wants", wants[i] = true);
    p.way("wants", "named x", x = i);
    p.way("named x",
          "gives way",
          y != nobody,
          mistake == Mistake::first ? cell(wants, x) = false : wants[i] = false);
    p.way("gives way", "outside", y == nobody);
    p.way("named x", "alone", y == nobody);
    p.way("alone", "named y", y = i);
    p.way("named y", "inside", x == i);
    p.way("named y", "looks around", x != i, together(wants[i] = false, j = 0));
    p.way("looks around", "looks around", j < processes && !cell(wants, j), j = j + 1);
    p.way("looks around", "saw all", j == processes);
    p.way("saw all", "inside", mistake == Mistake::second ? y == x : y == i);
    p.way("saw all", "outside", y == nobody);
    p.way("inside", "leaves", y = nobody);
    p.way("leaves", "outside", wants[i] = false);
  }
  return finished(all, "inside");
}

Puzzle peterson(int processes) {
  Automata all("peterson", numbered("process", processes));
  const Array level = all.variables.array("level", processes, 0, processes - 1);
  const Array last = all.variables.array("last", processes, 0, processes - 1);
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside", "rises", "on level", "looks around", "inside"});
    const Place j = p.local("j", processes);
    const Place k = p.local("k", processes);
    p.way("outside", "rises", j = 1);
    p.way("rises", "on level", j < processes, level[i] = j);
    p.way("on level", "looks around", together(cell(last, j - 1) = i, k = 0));
    p.way(
        "looks around", "looks around", k < processes && (k == i || cell(level, k) < j), k = k + 1);
    p.way("looks around", "rises", cell(last, j - 1) != i || k == processes, j = j + 1);
    p.way("rises", "inside", j == processes);
    p.way("inside", "outside", level[i] = 0);
  }
  return finished(all, "inside");
}

Puzzle szymanski(int processes, Mistake mistake) {
  Automata all("szymanski", numbered("process", processes));
  const Array a = all.variables.flags("a", processes);
  const Array w = all.variables.flags("w", processes);
  const Array s = all.variables.flags("s", processes);
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside",
                            "wants",
                            "prologue",
                            "waits",
                            "looks for newcomers",
                            "saw newcomers",
                            "closes the door",
                            "waits for waiters",
                            "looks for others",
                            "looks inside",
                            "saw others",
                            "looks before itself",
                            "inside"});
    const Place j = p.local("j", processes);
    const Expr more = j < processes;
    const Expr is_new = more && !cell(a, j);
    const Expr waits_or_not = mistake == Mistake::first ? cell(w, j) == 1 && cell(s, j) == 0
                                                        : cell(w, j) == 1 || cell(s, j) == 0;
    p.way("outside", "wants", together(a[i] = true, j = 0));
    p.way("wants", "wants", more && !cell(s, j), j = j + 1);
    p.way("wants", "prologue", !more);
    p.way("prologue", "waits", together(w[i] = true, a[i] = false));
    p.way("waits", "looks before itself", s[i] == 1, j = 0);
    p.way("waits", "looks for newcomers", s[i] == 0, j = 0);
    p.way("looks for newcomers", "looks for newcomers", is_new, j = j + 1);
    p.way("looks for newcomers", "saw newcomers", !is_new);
    p.way("saw newcomers", "looks for others", more);
    p.way("saw newcomers", "closes the door", !more, together(s[i] = true, j = 0));
    p.way("closes the door", "closes the door", is_new, j = j + 1);
    p.way("closes the door", "looks for others", more && cell(a, j), s[i] = false);
    p.way("closes the door", "waits for waiters", !more, together(w[i] = false, j = 0));
    p.way("waits for waiters", "waits for waiters", more && !cell(w, j), j = j + 1);
    p.way("waits for waiters", "looks for others", !more);
    p.way("looks for others", "saw others", !more);
    p.way("looks for others", "looks inside", more, j = 0);
    p.way("looks inside", "looks inside", more && waits_or_not, j = j + 1);
    p.way("looks inside", "saw others", !(more && waits_or_not));
    p.way("saw others", "waits", j != i && more, together(s[i] = true, w[i] = false));
    p.way("saw others", "waits", !(j != i && more));
    p.way("looks before itself",
          "looks before itself",
          j < i && !cell(w, j) && !cell(s, j),
          j = j + 1);
    p.way("looks before itself", "inside", j == i);
    p.way("inside", "outside", s[i] = false);
  }
  return finished(all, "inside");
}

Puzzle mcs(int processes, Mistake mistake) {
  const int nobody = processes;
  Automata all("mcs", numbered("process", processes));
  const std::vector<int> none(static_cast<std::size_t>(processes), nobody);
  const Array next = all.variables.array("next", processes, 0, nobody, none);
  const Array locked = all.variables.flags("locked", processes);
  const Place tail = all.variables.var("tail", 0, nobody, nobody);
  for (int i = 0; i < processes; ++i) {
    Automaton& p = all.add({"outside",
                            "ready",
                            "queued",
                            "has one before",
                            "is locked",
                            "waits",
                            "inside",
                            "was last",
                            "waits for the next",
                            "wakes"});
    const Place before = p.local("before", nobody);
    p.way("outside", "ready", next[i] = nobody);
    p.way("ready", "queued", together(before = tail, tail = i));
    p.way("queued", "inside", before == nobody);
    p.way("queued", "has one before", before != nobody);
    p.way("has one before", "is locked", locked[i] = true);
    p.way("is locked", "waits", mistake == Mistake::first ? next[i] = i : cell(next, before) = i);
    p.way("waits", "inside", !locked[i]);
    p.way("inside", "was last", next[i] == nobody);
    p.way("inside", "wakes", next[i] != nobody);
    p.way("was last", "outside", tail == i, tail = nobody);
    p.way("was last", "waits for the next", tail != i);
    p.way("waits for the next", "wakes", next[i] != nobody);
    p.way("wakes",
          "outside",
          mistake == Mistake::second ? locked[i] = false : cell(locked, next[i]) = false);
  }
  return finished(all, "inside");
}

} // namespace stalemate::tests::beem
