// Those who meet on channels: schedulers, readers, lossy transfers, and molecules.

#include "checker/tests/beem/models.hpp"

#include <optional>

namespace stalemate::tests::beem {

using namespace stalemate::build; // NOLINT: the notation

Puzzle krebs(int glucose, int cycles, int energy) {
  std::vector<std::string> names{"glycolysis", "oxidation"};
  for (const std::string& name : numbered("cycle", cycles))
    names.push_back(name);
  for (const char* name : {"respiration", "transport", "rest of the cell"})
    names.emplace_back(name);
  Automata all("krebs", names);
  const auto amount = [&](const char* name, int initial) {
    return all.variables.var(name, 0, 255, initial);
  };
  const Place sugar = amount("glucose", glucose);
  const Place atp = amount("ATP", 4);
  const Place adp = amount("ADP", 4);
  const Place nad = amount("NAD", 12);
  const Place nadh = amount("NADH", 2);
  const Place pyruvate = amount("pyruvate", 0);
  const Place acetyl = amount("acetyl", 0);
  const Place oxygen = amount("O2", 15);
  const Place dioxide = amount("CO2", 0);
  const Place protons = amount("H", 10);
  const Place water = amount("H2O", 10);
  const Place gained = amount("energy", 0);
  const Channel electrons = all.channel();
  const auto more = [](const Place& what, int by) { return what = what + by; };

  all.add({"goes on"})
      .way("goes on",
           "goes on",
           sugar >= 1 && atp >= 2 && adp >= 2 && nad >= 2,
           together(more(sugar, -1),
                    more(adp, -2),
                    more(atp, 2),
                    more(nad, -2),
                    more(nadh, 2),
                    more(pyruvate, 2),
                    more(protons, 2),
                    more(water, 2)));
  all.add({"goes on"})
      .way(
          "goes on",
          "goes on",
          pyruvate >= 1 && nad >= 1,
          together(
              more(pyruvate, -1), more(nad, -1), more(acetyl, 1), more(nadh, 1), more(dioxide, 1)));
  for (int i = 0; i < cycles; ++i) {
    Automaton& cycle =
        all.add({"oxaloacetate", "citrate", "isocitrate", "oxoglutarate", "fumarate", "malate"});
    cycle.way("oxaloacetate",
              "citrate",
              acetyl >= 1 && water >= 1,
              together(more(acetyl, -1), more(water, -1)));
    cycle.way("citrate", "isocitrate");
    cycle.way("isocitrate",
              "oxoglutarate",
              nad >= 1,
              together(more(nad, -1), more(nadh, 1), more(protons, 1), more(dioxide, 1)));
    cycle.way("oxoglutarate", "fumarate", nad >= 1, together(more(nadh, 1), more(dioxide, 1)));
    cycle.way("fumarate", "malate", water >= 1, more(water, -1));
    cycle.way("malate", "oxaloacetate", nad >= 1, together(more(nad, -1), more(nadh, 1)));
  }
  all.add({"goes on"})
      .way("goes on",
           "goes on",
           nadh >= 1 && oxygen >= 1 && protons >= 2,
           together(
               more(nadh, -1), more(nad, 1), more(oxygen, -1), more(protons, -2), more(water, 1)))
      .sends(electrons);
  all.add({"goes on"})
      .way("goes on", "goes on", adp >= 2, together(more(adp, -2), more(atp, 2)))
      .receives(electrons);
  all.add({"goes on"})
      .way("goes on", "goes on", atp >= 1, together(more(atp, -1), more(adp, 1), more(gained, 1)));
  all.record();
  return {all.variables.finish(), (gained > energy).node()};
}

Puzzle cyclic_scheduler(int customers, Mistake mistake) {
  std::vector<std::string> names;
  for (int i = 0; i < customers; ++i) {
    names.push_back("customer" + std::to_string(i));
    names.push_back("scheduler" + std::to_string(i));
  }
  Automata all("cyclic_scheduler", names);
  std::vector<Channel> start;
  std::vector<Channel> end;
  std::vector<Channel> next;
  for (int i = 0; i < customers; ++i) {
    start.push_back(all.channel());
    end.push_back(all.channel());
    next.push_back(all.channel());
  }
  for (std::size_t i = 0; i < start.size(); ++i) {
    Automaton& customer = all.add({"idle", "runs", "started twice"});
    customer.way("idle", "runs").receives(start[i]);
    customer.way("runs", "idle").sends(end[i]);
    customer.way("runs", "started twice").receives(start[i]);
    Automaton& scheduler =
        all.add(i == 0 ? std::vector<std::string>{"starts", "tells", "waits"}
                       : std::vector<std::string>{"is not asked", "starts", "tells", "waits"});
    const Place done = scheduler.local("done", 1);
    const Place ready = scheduler.local("ready", 1);
    if (i != 0) scheduler.way("is not asked", "starts").receives(next[i]);
    scheduler.way("starts", "tells").sends(start[i]);
    scheduler.way("tells", "waits", together(done = 0, ready = 0))
        .sends(next[(i + 1) % next.size()]);
    scheduler.way("waits", "waits", done == 0, done = 1).receives(end[i]);
    scheduler.way("waits", "waits", ready == 0, ready = 1).receives(next[i]);
    scheduler.way(
        "waits", "starts", mistake == Mistake::first ? ready == 1 : ready == 1 && done == 1);
  }
  all.record();
  return {all.variables.finish(), all[0].at("started twice").node()};
}

Puzzle reader_writer(int readers, int writers, Mistake mistake) {
  std::vector<std::string> names = numbered("reader", readers);
  for (const std::string& name : numbered("writer", writers))
    names.push_back(name);
  names.emplace_back("control");
  Automata all("reader_writer", names);
  // With the mistake, one reader that has left may still be counted.
  const Place active = all.variables.var("active", 0, readers + 1);
  const Channel read = all.channel();
  const Channel has_read = all.channel();
  const Channel write = all.channel();
  const Channel has_written = all.channel();
  for (int i = 0; i < readers + writers; ++i) {
    Automaton& p = all.add({"idle", "busy"});
    p.way("idle", "busy").sends(i < readers ? read : write);
    p.way("busy", "idle").sends(i < readers ? has_read : has_written);
  }
  Automaton& control = all.add({"free", "read", "written", "confused"});
  control.way("free", "read", active = 1).receives(read);
  control.way("read", "read", active = active + 1).receives(read);
  control
      .way("read", "read", active > 0, mistake == Mistake::first ? active = 1 : active = active - 1)
      .receives(has_read);
  control.way("read", "free", active == 1, active = 0).receives(has_read);
  control.way("read", "confused").receives(has_written);
  control.way("free", "written").receives(write);
  control.way("written", "free").receives(has_written);
  control.way("written", "confused").receives(has_read);
  all.record();
  return {all.variables.finish(), control.at("confused").node()};
}

namespace {

/// What is sent on `in` comes out of `out` or is lost.
struct Lossy {
  Channel in;
  Channel out;
};

/// The messages of all three transfers, between a producer and a consumer of bits.
struct Transfer {
  Automata all;
  Channel send{all.channel()};
  Channel receive{all.channel()};
  Lossy there{all.channel(), all.channel()};
  Lossy back{all.channel(), all.channel()};

  explicit Transfer(const std::string& name)
      : all(name, {"there", "back", "producer", "consumer", "sender", "receiver"}) {}

  /// At most so many in a row are lost, if there is a number.
  void add_surroundings(std::optional<int> losses) {
    for (const Lossy& way : {there, back}) {
      Automaton& channel = all.add({"empty", "full"});
      const Place value = channel.local("value", 3);
      channel.way("empty", "full").receives(way.in, value);
      if (!losses) {
        channel.way("full", "empty");
        channel.way("full", "empty").sends(way.out, value);
        continue;
      }
      const Place lost = channel.local("lost", *losses);
      if (*losses > 0) channel.way("full", "empty", lost < *losses, lost = lost + 1);
      channel.way("full", "empty", lost = 0).sends(way.out, value);
    }
    Automaton& producer = all.add({"ready", "made 0", "made 1"});
    producer.way("ready", "made 0");
    producer.way("ready", "made 1");
    producer.way("made 0", "ready").sends(send, 0);
    producer.way("made 1", "ready").sends(send, 1);
    Automaton& consumer = all.add({"ready", "looks", "got 0", "got 1"});
    const Place value = consumer.local("value", 1);
    consumer.way("ready", "looks").receives(receive, value);
    consumer.way("looks", "got 0", value == 0);
    consumer.way("looks", "got 1", value == 1);
    consumer.way("got 0", "ready");
    consumer.way("got 1", "ready");
  }

  Puzzle finished() {
    all.record();
    return {all.variables.finish(), (all[3].at("got 0") || all[3].at("got 1")).node()};
  }
};

} // namespace

Puzzle naive_transfer(int losses) {
  Transfer t("protocols: naive");
  t.add_surroundings(losses);
  Automaton& sender = t.all.add({"ready", "sends"});
  const Place sent = sender.local("value", 1);
  sender.way("ready", "sends").receives(t.send, sent);
  sender.way("sends", "ready").sends(t.there.in, sent);
  Automaton& receiver = t.all.add({"waits", "got it"});
  const Place got = receiver.local("value", 1);
  receiver.way("waits", "got it").receives(t.there.out, got);
  receiver.way("got it", "waits").sends(t.receive, got);
  return t.finished();
}

Puzzle alternating_bits() {
  Transfer t("protocols: alternating bits");
  t.add_surroundings({});
  Automaton& sender = t.all.add({"ready", "sends", "got answer"});
  const Place sent = sender.local("value", 1);
  const Place bit = sender.local("bit", 1);
  const Place answer = sender.local("answer", 1);
  sender.way("ready", "sends").receives(t.send, sent);
  sender.way("sends", "sends").sends(t.there.in, sent);
  sender.way("sends", "got answer").receives(t.back.out, answer);
  sender.way("got answer", "sends", answer != bit);
  sender.way("got answer", "ready", answer == bit, bit = 1 - bit);
  Automaton& receiver = t.all.add({"waits", "got it"});
  const Place got = receiver.local("value", 1);
  const Place last = t.all.variables.var("receiver.bit", 0, 1, 1);
  receiver.way("waits", "waits").sends(t.back.in, last);
  receiver.way("waits", "got it").receives(t.there.out, got);
  receiver.way("got it", "waits", last = 1 - last).sends(t.receive, got);
  return t.finished();
}

Puzzle bounded_retransmission(int losses, int tries) {
  Transfer t("protocols: bounded retransmission");
  t.add_surroundings(losses);
  Automaton& sender = t.all.add({"ready", "sends", "waits", "failed"});
  const Place sent = sender.local("value", 1);
  const Place bit = sender.local("bit", 1);
  const Place tried = sender.local("tried", tries);
  sender.way("ready", "sends", bit = 1 - bit).receives(t.send, sent);
  sender.way("sends", "waits", tried = 1).sends(t.there.in, sent * 2 + bit);
  sender.way("waits", "waits", tried < tries, tried = tried + 1).sends(t.there.in, sent * 2 + bit);
  sender.way("waits", "ready").receives(t.back.out, sent);
  sender.way("waits", "failed", tried == tries);
  Automaton& receiver = t.all.add({"waits", "got it", "answers"});
  const Place got = receiver.local("value", 3);
  const Place last = t.all.variables.var("receiver.bit", 0, 1, 1);
  receiver.way("waits", "got it").receives(t.there.out, got);
  receiver.way("got it", "waits", got % 2 != last);
  receiver.way("got it", "answers", got % 2 == last).sends(t.receive, got / 2);
  receiver.way("answers", "waits", last = 1 - last).sends(t.back.in, 0);
  return t.finished();
}

} // namespace stalemate::tests::beem
