#include "cli/hunted.hpp"

#include "checker/ir/validate.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/observer.hpp"
#include "checker/search/reach.hpp"
#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

using Clock = std::chrono::steady_clock;
using Kind = HuntEnding::Kind;
using kernel::inquiry::Enumeration;
using kernel::inquiry::Pick;

/// Searches one scenario after the other.
class Searcher {
 public:
  Searcher(const Enumeration& scenarios, const Json& common, const Limits& limits)
      : scenarios_(scenarios), common_(common), limits_(limits) {}

  [[nodiscard]] HuntEnding ending_of(const Pick& pick) const {
    HuntEnding ending;
    kernel::Scenario scenario = scenarios_.scenario(pick);
    ending.applied.assign(scenario.own.patch.size(), true);
    for (;;) {
      try {
        search(ir::without_warnings(kernel::build_model(scenario)), ending);
        break;
      } catch (const kernel::ScenarioError& error) {
        if (leave_out_edit(scenario, error, ending)) continue;
        const bool is_claim =
            error.pointer().starts_with("/properties/") || error.pointer().starts_with("/claims/");
        ending.kind = is_claim ? Kind::vacuous : Kind::refused;
      } catch (const ir::InvalidModel&) { // Nothing checks a claim of its own, say.
        ending.kind = Kind::vacuous;
      }
      return ending;
    }
    if (ending.kind == Kind::broken) tell(pick, ending);
    return ending;
  }

 private:
  /// What an edit is about does not run here: this scenario is the same without it.
  static bool leave_out_edit(kernel::Scenario& scenario,
                             const kernel::ScenarioError& error,
                             HuntEnding& ending) {
    auto& patch = scenario.own.patch;
    const auto edit = std::ranges::find_if(patch, [&](const kernel::own::Edit& one) {
      return error.pointer() == one.pointer || error.pointer().starts_with(one.pointer + "/");
    });
    if (edit == patch.end()) return false;
    ending.applied[std::stoul(edit->pointer.substr(std::string("/patch/").size()))] = false;
    if (ending.refusal.empty())
      ending.refusal = fmt::format("{}: {}", error.pointer(), error.what());
    patch.erase(edit);
    return true;
  }

  void search(const ir::Model& model, HuntEnding& ending) const {
    Observer nobody;
    const Result result = explore_and_reach(model, {}, limits_, nobody);
    ending.states = result.counts.states;
    if (result.verdict == Verdict::holds) {
      ending.kind = Kind::holds;
    } else if (result.verdict == Verdict::incomplete) {
      ending.kind = Kind::undecided;
    } else {
      ending.kind = Kind::broken;
      ending.mechanism = result.verdict == Verdict::unreachable
                             ? report::Mechanism{unreached(model, result), "", {}}
                             : report::mechanism(model, replay(model, result));
    }
  }

  static std::string unreached(const ir::Model& model, const Result& result) {
    return model.properties[static_cast<std::size_t>(result.property)].name + " is not reachable";
  }

  void tell(const Pick& pick, HuntEnding& ending) const {
    const kernel::inquiry::Ground& ground = scenarios_.grounds()[pick.ground];
    Json text = Json::parse(scenarios_.text(pick, common_));
    for (std::size_t i = ending.applied.size(); i-- > 0;)
      if (!ending.applied[i]) text["patch"].erase(i);
    if (text.contains("patch") && text["patch"].empty()) text.erase("patch");
    ending.text = text.dump();
    ending.start = ground.layout.start;
    ending.size = ground.size;
  }

  const Enumeration& scenarios_;
  const Json& common_;
  const Limits& limits_;
};

/// Threads fetch chunks of scenarios; what comes of them is added in the order of the chunks.
class Hunters {
 public:
  Hunters(Enumeration& scenarios,
          const Json& common,
          const HuntWay& way,
          HuntTotals& totals,
          const std::function<void(const HuntTotals&)>& seen)
      : scenarios_(scenarios), way_(way), totals_(totals), seen_(seen),
        searcher_(scenarios, common, way.limits), start_(Clock::now()), told_(start_),
        first_(totals.done()) {}

  std::optional<std::string> run() {
    for (; fetched_ < totals_.done() && scenarios_.next(); ++fetched_) {
    }
    {
      std::vector<std::jthread> workers;
      for (int i = 1; i < way_.jobs; ++i)
        workers.emplace_back([this] { work(); });
      work();
    }
    if (is_shown_) std::cerr << "\r\033[K" << std::flush;
    if (error_) std::rethrow_exception(error_);
    seen_(totals_);
    return why_;
  }

 private:
  static constexpr std::size_t chunk_size = 16;
  static constexpr auto tell_every = std::chrono::seconds(1);

  struct Chunk {
    std::uint64_t number = 0;
    std::vector<Pick> picks;
  };

  void work() {
    for (Chunk chunk = next(); !chunk.picks.empty(); chunk = next()) {
      try {
        std::vector<HuntEnding> endings;
        for (const Pick& pick : chunk.picks)
          endings.push_back(searcher_.ending_of(pick));
        add(chunk.number, std::move(endings));
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!error_) error_ = std::current_exception();
        return;
      }
    }
  }

  /// Empty at the end, whichever it is.
  Chunk next() {
    const std::lock_guard lock(mutex_);
    Chunk chunk;
    if (error_ || why_) return chunk;
    if (is_interrupted())
      why_ = "interrupted";
    else if (way_.time_max && Clock::now() - start_ >= *way_.time_max)
      why_ = fmt::format("the time limit of {} ms is reached", way_.time_max->count());
    if (why_) return chunk;
    chunk.number = chunks_++;
    while (chunk.picks.size() < chunk_size) {
      if (fetched_ >= way_.scenarios_max) {
        if (fetched_ < scenarios_.count())
          why_ = fmt::format("the limit of {} is reached",
                             report::counted(way_.scenarios_max, "scenario"));
        break;
      }
      auto pick = scenarios_.next();
      if (!pick) break;
      ++fetched_;
      chunk.picks.push_back(std::move(*pick));
    }
    return chunk;
  }

  void add(std::uint64_t number, std::vector<HuntEnding> endings) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(number, std::move(endings));
    for (auto first = waiting_.find(added_); first != waiting_.end();
         first = waiting_.find(++added_)) {
      for (HuntEnding& ending : first->second)
        totals_.add(std::move(ending));
      waiting_.erase(first);
    }
    if (Clock::now() - told_ < tell_every) return;
    told_ = Clock::now();
    seen_(totals_);
    show();
  }

  void show() {
    if (!stderr_is_terminal()) return;
    is_shown_ = true;
    const std::chrono::duration<double> time = Clock::now() - start_;
    std::cerr << fmt::format("\r\033[K{} of {} scenarios, {} hold, {}, {:.0f}/s",
                             totals_.done(),
                             scenarios_.count(),
                             totals_.held,
                             report::counted(totals_.races.size(), "race"),
                             static_cast<double>(totals_.done() - first_) / time.count())
              << std::flush;
  }

  Enumeration& scenarios_;
  const HuntWay& way_;
  HuntTotals& totals_;
  const std::function<void(const HuntTotals&)>& seen_;
  const Searcher searcher_;
  const Clock::time_point start_;
  std::mutex mutex_; ///< For everything below, scenarios and totals.
  Clock::time_point told_;
  const std::uint64_t first_;                                ///< Done before.
  std::uint64_t fetched_ = 0;                                ///< Scenarios.
  std::uint64_t chunks_ = 0;                                 ///< That were fetched,
  std::uint64_t added_ = 0;                                  ///< and that were added.
  std::map<std::uint64_t, std::vector<HuntEnding>> waiting_; ///< For those before them.
  std::optional<std::string> why_;
  std::exception_ptr error_;
  bool is_shown_ = false;
};

} // namespace

std::optional<std::string> hunt_on(Enumeration& scenarios,
                                   const Json& common,
                                   const HuntWay& way,
                                   HuntTotals& totals,
                                   const std::function<void(const HuntTotals&)>& seen) {
  return Hunters(scenarios, common, way, totals, seen).run();
}

} // namespace stalemate::cli
