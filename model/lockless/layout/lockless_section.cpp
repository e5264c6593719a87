#include "model/lockless/layout/lockless_section.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace stalemate::kernel::lockless {

namespace {

// Word i is the enumerator of Engine with value i.
const std::vector<Word>& engine_words() {
  static const std::vector<Word> words{
      {"relacy", "Relacy, under the memory model of C++"},
      {"search", "the search, under sequential consistency; of the other keys it needs none"},
  };
  return words;
}

// Word i is the enumerator of Scheduler with value i.
const std::vector<Word>& scheduler_words() {
  static const std::vector<Word> words{
      {"bound", "every execution with so many preemptive switches at most"},
      {"full", "every execution"},
      {"random", "so many executions, at random, always the same ones"},
  };
  return words;
}

const std::vector<Word>& lkmm_words() {
  static const std::vector<Word> words{
      {"never", "no execution breaks a claim"},
      {"sometimes", "one does"},
      {"data_race", "two plain accesses race"},
  };
  return words;
}

} // namespace

Shape lockless_section() {
  return object_of(
      "key",
      {{"engine", "Who answers", word_of("engine", engine_words()), Member::Need::merged},
       {"scheduler", "How executions are chosen", word_of("scheduler", scheduler_words())},
       {"bound", "Preemptive switches of `bound`; 3 if absent", number_in(0, 8)},
       {"executions",
        "Executions of `random`; of the others, more are incomplete",
        number_in(1, 100'000'000)},
       {"lkmm",
        "What herd7 7.58 says of the exported litmus test under the memory model of v6.18: noted "
        "here, not asked",
        word_of("verdict", lkmm_words())}});
}

LocklessLayout lockless_layout(const nlohmann::ordered_json& section) {
  LocklessLayout layout;
  const auto engine = section["engine"].get<std::string>();
  const auto known = std::ranges::find(engine_words(), engine, &Word::name);
  layout.engine = static_cast<Engine>(known - engine_words().begin());
  if (section.contains("scheduler")) {
    const auto word = section["scheduler"].get<std::string>();
    const auto at = std::ranges::find(scheduler_words(), word, &Word::name);
    layout.bound.scheduler = static_cast<relacy::Scheduler>(at - scheduler_words().begin());
    if (layout.bound.scheduler == relacy::Scheduler::random) layout.bound.executions_max = 100'000;
  }
  layout.bound.switches = section.value("bound", layout.bound.switches);
  layout.bound.executions_max = section.value("executions", layout.bound.executions_max);
  layout.lkmm = section.value("lkmm", layout.lkmm);
  return layout;
}

} // namespace stalemate::kernel::lockless
