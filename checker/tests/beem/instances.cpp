// The numbers are those of the collection's database, as its authors published them with the
// models: <states>, and answer and length of <reach-goal>, in original-benchmark/*/generated_files/
// results.xml of https://github.com/plug-obp/beem-benchmark, a copy of what stood at
// http://paradise.fi.muni.cz/beem. Nothing here was counted by us.

#include "checker/tests/beem/instances.hpp"

namespace stalemate::tests::beem {

namespace {

using enum Mistake;
using enum Instance::Answer;

void add_mutexes(std::vector<Instance>& all) {
  all.push_back({"anderson.2", anderson(3), 1'459, no});
  all.push_back({"anderson.4", anderson(4), 29'641, no});
  all.push_back({"at.1", alur_taubenfeld(3, 2, 5), 39'354, no});
  all.push_back({"at.2", alur_taubenfeld(3, 2, 3), 49'443, yes, 16});
  all.push_back({"bakery.1", bakery(2, 9, none), 1'506, no});
  all.push_back({"bakery.2", bakery(2, 6, first), 1'146, yes, 19});
  all.push_back({"bakery.3", bakery(3, 4, none), 32'919, no});
  all.push_back({"fischer.1", fischer(3, 2, 3), 634, no});
  all.push_back({"fischer.2", fischer(4, 3, 3), 21'733, yes, 15});
  all.push_back({"lamport.1", lamport(3, none), 29'242, no});
  all.push_back({"lamport.3", lamport(3, second), 38'067, yes, 23});
  all.push_back({"lamport_nonatomic.1", lamport_nonatomic(3, none), 20'434, no});
  all.push_back({"lamport_nonatomic.2", lamport_nonatomic(3, first), 12'958, no});
  all.push_back({"lamport_nonatomic.3", lamport_nonatomic(3, second), 36'983, yes, 17});
  all.push_back({"leader_filters.1", leader_filters(3, none), 4'966, no});
  all.push_back({"leader_filters.2", leader_filters(3, first), 29'284, yes, 23});
  all.push_back({"leader_filters.3", leader_filters(4, none), 91'093, no});
  all.push_back({"leader_filters.4", leader_filters(4, second), 50'025, no});
  all.push_back({"mcs.1", mcs(3, none), 7'963, no});
  all.push_back({"mcs.2", mcs(3, second), 1'408, no});
  all.push_back({"mcs.4", mcs(4, first), 16'384, no});
  all.push_back({"peterson.1", peterson(3), 12'498, no});
  all.push_back({"phils.1", philosophers_at_table(4, false), 80});
  all.push_back({"phils.2", philosophers_in_room(5, 3), 581});
  all.push_back({"phils.3", philosophers_at_table(6, true), 729});
  all.push_back({"szymanski.1", szymanski(3, none), 20'264, no});
  all.push_back({"szymanski.2", szymanski(3, first), 31'875, yes, 33});
}

void add_puzzles(std::vector<Instance>& all) {
  const int table = 6;
  all.push_back({"adding.1", adding(20, 17), 7'372, yes, 16});
  all.push_back({"blocks.2",
                 blocks({2, table, table, 0, 1, 4}, {{3, 2}, {2, 0}, {0, 4}, {4, 5}, {5, 3}}),
                 7'057,
                 no});
  all.push_back({"bridge.1", bridge({5, 10, 20, 25}, 60), 3'186, yes, 19});
  all.push_back({"bridge.2", bridge({5, 10, 20, 25, 30, 30}, 140), 96'923, yes, 33});
  all.push_back({"elevator2.1", elevator(4), 1'728});
  all.push_back({"elevator_planning.1",
                 elevator_planning({.floors = {0, 1, 2, 3, 4},
                                    .hates_second = {1, 0, 0, 1, 1},
                                    .hates_first = {0, 1, 1, 0, 0},
                                    .fears_to_be_alone = {1, 1, 0, 0, 0}},
                                   5,
                                   3),
                 27'630,
                 yes,
                 16});
  all.push_back({"elevator_planning.3",
                 elevator_planning({.floors = {7, 2, 6, 5},
                                    .hates_second = {0, 0, 0, 0},
                                    .hates_first = {0, 0, 0, 0},
                                    .fears_to_be_alone = {0, 0, 0, 0}},
                                   8,
                                   4),
                 52'496,
                 yes,
                 15});
  all.push_back({"frogs.1", frogs(1, 17), 5'094, yes, 82});
  all.push_back({"frogs.2", frogs(5, 3), 18'207, yes, 24});
  all.push_back({"hanoi.1", hanoi(8), 6'561, yes, 128});
  all.push_back({"loyd.1", loyd(2, 3), 720, yes, 17});
  all.push_back({"pouring.1", pouring({24, 13, 11, 5}, 0, false, 4), 503, yes, 7});
  all.push_back({"pouring.2", pouring({10, 8, 14, 7, 5}, -1, true, 4), 51'624, yes, 5});
  all.push_back({"rushhour.1",
                 rushhour({{false, 1, 2, 2},
                           {false, 0, 0, 2},
                           {false, 1, 3, 3},
                           {false, 3, 5, 3},
                           {true, 0, 1, 3},
                           {true, 2, 0, 2},
                           {true, 3, 0, 3}},
                          4),
                 1'048,
                 yes,
                 51});
  all.push_back({"rushhour.2",
                 rushhour({{false, 1, 2, 2},
                           {false, 1, 0, 2},
                           {false, 3, 3, 3},
                           {false, 2, 5, 3},
                           {true, 0, 0, 3},
                           {true, 2, 3, 2},
                           {true, 3, 0, 3},
                           {true, 5, 4, 2}},
                          4),
                 2'242,
                 yes,
                 58});
}

void add_protocols(std::vector<Instance>& all) {
  all.push_back({"cyclic_scheduler.1", cyclic_scheduler(8, none), 4'606, no});
  all.push_back({"cyclic_scheduler.2", cyclic_scheduler(5, first), 3'302, yes, 13});
  all.push_back({"krebs.1", krebs(2, 1, 5), 6'027, yes, 8});
  all.push_back({"krebs.2", krebs(3, 2, 20), 62'476, yes, 31});
  all.push_back({"protocols.1", naive_transfer(3), 2'430, yes, 7});
  all.push_back({"protocols.2", alternating_bits(), 11'286, yes, 7});
  all.push_back({"protocols.3", bounded_retransmission(0, 5), 2'817, yes, 7});
  all.push_back({"reader_writer.1", reader_writer(7, 9, first), 2'666, yes, 8});
  all.push_back({"reader_writer.2", reader_writer(12, 7, none), 4'104, no});
}

} // namespace

std::vector<Instance> instances() {
  std::vector<Instance> all;
  add_mutexes(all);
  add_puzzles(all);
  add_protocols(all);
  return all;
}

} // namespace stalemate::tests::beem
