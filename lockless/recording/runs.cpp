#include "lockless/recording/runs.hpp"

#include "lockless/interface.hpp"
#include "lockless/suites.hpp"

#include <memory>
#include <utility>

namespace stalemate::recording {

std::vector<Run> runs_of(int protocol, int variant, int thread, std::vector<Object>& objects) {
  const auto threads = relacy::protocols()[static_cast<std::size_t>(protocol)].threads.size();
  std::vector<Run> runs;
  std::vector<std::vector<int>> scripts{{}};
  while (!scripts.empty()) {
    const std::vector<int> script = std::move(scripts.back());
    scripts.pop_back();
    the_recorder.start(script);
    const std::unique_ptr<relacy::Protocol> one(relacy::factories[protocol](nullptr, variant));
    objects = the_recorder.objects();
    try {
      if (thread < static_cast<int>(threads)) {
        one->thread(thread);
      } else {
        the_recorder.in("when all have ended");
        the_recorder.begin("look at what is left");
        one->after();
      }
    } catch (const NeedsValue& needed) {
      for (int value = needed.highest; value >= 0; --value) {
        scripts.push_back(script);
        scripts.back().push_back(value);
      }
      continue;
    } catch (const EndOfRun&) {
    }
    runs.push_back(the_recorder.finish());
  }
  return runs;
}

} // namespace stalemate::recording
