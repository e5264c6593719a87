#include "cli/check_runs.hpp"

#include "checker/outside/threads.hpp"
#include "checker/search/observer.hpp"
#include "cli/check_row.hpp"
#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace stalemate::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto look_every = std::chrono::milliseconds(200);

/// States of the searches that go on, for the line of progress.
class CountingObserver final : public Observer {
 public:
  explicit CountingObserver(std::atomic<std::uint64_t>& states) : states_(states) {}
  void progress(const Progress& progress) override { states_ = progress.counts.states; }

 private:
  std::atomic<std::uint64_t>& states_;
};

class Runs {
 public:
  Runs(const std::vector<Candidate>& candidates, const RunsOptions& options)
      : candidates_(candidates), options_(options), runs_(candidates.size()),
        states_(static_cast<std::size_t>(options.jobs)), end_(candidates.size()),
        start_(Clock::now()) {
    for (std::size_t i = 0; i < runs_.size(); ++i)
      runs_[i].row = row_not_run(candidates[i], not_so_far);
    if (options.time_max) deadline_ = start_ + *options.time_max;
  }

  std::vector<RunOf> run(const std::function<void(const std::vector<RunOf>&)>& seen) {
    {
      std::vector<std::jthread> workers;
      const auto count = static_cast<int>(
          std::min(runs_.size(), static_cast<std::size_t>(std::max(options_.jobs, 1))));
      start_threads(workers, count, [this](int number) { work_beside(number); });
      if (workers.empty()) work(states_.front()); // Then nobody can watch.
      watch(seen, workers.size());
    }
    if (error_) std::rethrow_exception(error_);
    // Others may have run already what nobody wanted to run any more.
    for (std::size_t i = 0; i < runs_.size(); ++i)
      if (i > end_) skip(i, "something before it is not as expected (--fail-fast)", true);
    return std::move(runs_);
  }

 private:
  void work(std::atomic<std::uint64_t>& states) {
    while (const auto index = next()) {
      try {
        RunOf run = run_one(candidates_[*index], states);
        const std::lock_guard lock(mutex_);
        const bool is_end = options_.fail_fast && run.status != as_expected;
        if (is_end) end_ = std::min(end_, *index);
        runs_[*index] = std::move(run);
        ++done_;
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (*index < error_index_) error_ = std::current_exception();
        error_index_ = std::min(*index, error_index_);
        end_ = 0;
      }
      states = 0;
      changed_.notify_one();
    }
  }

  void work_beside(int number) {
    work(states_[static_cast<std::size_t>(number - 1)]);
    const std::lock_guard lock(mutex_);
    ++ended_;
    changed_.notify_one();
  }

  /// The next one to run. Says of the rest why it is not, once nothing more is to be run.
  std::optional<std::size_t> next() {
    const std::lock_guard lock(mutex_);
    if (next_ >= runs_.size() || next_ > end_ || error_) return std::nullopt;
    const bool is_late = deadline_ && Clock::now() >= *deadline_;
    if (!is_interrupted() && !is_late) return next_++;
    for (; next_ < runs_.size(); ++next_) {
      skip(next_, is_interrupted() ? "interrupted" : no_time(), false);
      if (!is_interrupted()) runs_[next_].status = not_complete;
    }
    return std::nullopt;
  }

  void skip(std::size_t index, const std::string& why, bool is_wanted) {
    RunOf skipped;
    skipped.row = row_not_run(candidates_[index], why);
    skipped.row.is_skipped = is_wanted;
    runs_[index] = std::move(skipped);
  }

  [[nodiscard]] std::string no_time() const {
    return fmt::format("the time limit of {} ms for the whole run is reached",
                       options_.time_max->count());
  }

  /// A search has what is left of the time of all, if that is less than its own.
  [[nodiscard]] Limits limits(bool& is_cut) const {
    Limits limits = options_.limits;
    if (!deadline_) return limits;
    const auto left =
        std::max(std::chrono::duration_cast<std::chrono::milliseconds>(*deadline_ - Clock::now()),
                 std::chrono::milliseconds(1));
    is_cut = !limits.time_max || left < *limits.time_max;
    if (is_cut) limits.time_max = left;
    return limits;
  }

  RunOf run_one(const Candidate& candidate, std::atomic<std::uint64_t>& states) const {
    CountingObserver observer(states);
    bool is_cut = false;
    Finding finding = find(candidate, limits(is_cut), options_.reductions, observer);
    // What was left is nobody's concern, and differs from run to run.
    if (is_cut && finding.result.reason.starts_with("the time limit of "))
      finding.result.reason = no_time();
    audit(candidate, options_.audit, limits(is_cut), finding);
    RunOf run;
    run.row = check_row(candidate, finding, options_.is_timed);
    run.status = finding.status();
    if (options_.add) options_.add(candidate, finding, run.row);
    if (options_.keeps_findings) run.finding = std::move(finding);
    return run;
  }

  void watch(const std::function<void(const std::vector<RunOf>&)>& seen, std::size_t workers) {
    std::unique_lock lock(mutex_);
    while (ended_ < workers) {
      changed_.wait_for(lock, look_every);
      show();
      seen(runs_);
    }
    if (is_shown_) show_progress("");
  }

  void show() {
    const auto now = Clock::now();
    if (!stderr_is_terminal() || now - shown_ < look_every) return;
    shown_ = now;
    is_shown_ = true;
    std::uint64_t states = 0;
    for (const auto& one : states_)
      states += one;
    const auto failed = std::ranges::count_if(
        runs_, [](const RunOf& run) { return run.row.not_run.empty() && !run.row.ok; });
    const std::chrono::duration<double> time = now - start_;
    const std::string name = next_ == 0 ? "" : ": " + candidates_[next_ - 1].name();
    show_progress(fmt::format("{} of {}, {} not ok, {:.1f} s, {:.1f}/s{}{}",
                              done_,
                              runs_.size(),
                              failed,
                              time.count(),
                              static_cast<double>(done_) / time.count(),
                              name,
                              states == 0 ? "" : ", " + report::counted(states, "state")));
  }

  const std::vector<Candidate>& candidates_;
  const RunsOptions& options_;
  std::vector<RunOf> runs_;
  std::vector<std::atomic<std::uint64_t>> states_; ///< By worker.
  std::mutex mutex_;                               ///< For everything below, and runs_.
  std::condition_variable changed_;
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  std::size_t ended_ = 0; ///< Workers.
  std::size_t end_;       ///< The first that fails fast; nothing behind it is run.
  std::exception_ptr error_;
  std::size_t error_index_ = static_cast<std::size_t>(-1);
  Clock::time_point start_;
  Clock::time_point shown_{};
  std::optional<Clock::time_point> deadline_;
  bool is_shown_ = false;
};

} // namespace

std::vector<RunOf> run_all(const std::vector<Candidate>& candidates,
                           const RunsOptions& options,
                           const std::function<void(const std::vector<RunOf>&)>& seen) {
  return Runs(candidates, options).run(seen);
}

} // namespace stalemate::cli
