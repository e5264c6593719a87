#include "checker/tests/thread_ranks.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace stalemate::tests {

namespace {

/// What the threads have in common.
class Board {
 public:
  explicit Board(int count)
      : messages(static_cast<std::size_t>(count)), numbers(static_cast<std::size_t>(count)),
        count_(count) {}

  /// Returns when all have come here.
  void meet() {
    std::unique_lock lock(mutex_);
    const int round = rounds_;
    if (++waiting_ == count_) {
      waiting_ = 0;
      ++rounds_;
      changed_.notify_all();
    }
    changed_.wait(lock, [&] { return rounds_ != round || error_; });
    if (rounds_ == round) throw RanksError("a rank is lost");
  }

  void lose(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    changed_.notify_all();
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

  std::vector<const std::vector<Ranks::Message>*> messages;
  std::vector<std::span<const std::uint64_t>> numbers;

 private:
  int count_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  int rounds_ = 0;
  std::exception_ptr error_;
};

class ThreadRanks : public Ranks {
 public:
  ThreadRanks(Board& board, int number) : board_(board), number_(number) {}

  [[nodiscard]] int number() const override { return number_; }
  [[nodiscard]] int count() const override { return static_cast<int>(board_.messages.size()); }

  void exchange(const std::vector<Message>& out, std::vector<Message>& in) override {
    const auto me = static_cast<std::size_t>(number_);
    board_.messages[me] = &out;
    board_.meet();
    for (std::size_t rank = 0; rank < board_.messages.size(); ++rank)
      in[rank] = (*board_.messages[rank])[me];
    board_.meet();
  }

  [[nodiscard]] std::vector<std::uint64_t> share(std::span<const std::uint64_t> mine) override {
    board_.numbers[static_cast<std::size_t>(number_)] = mine;
    board_.meet();
    std::vector<std::uint64_t> all;
    for (const auto& some : board_.numbers)
      all.insert(all.end(), some.begin(), some.end());
    board_.meet();
    return all;
  }

 private:
  Board& board_;
  int number_;
};

} // namespace

void with_ranks(int count, const std::function<void(Ranks&)>& work) {
  Board board(count);
  std::vector<std::thread> threads;
  for (int number = 0; number < count; ++number)
    threads.emplace_back([&, number] {
      ThreadRanks ranks(board, number);
      try {
        work(ranks);
      } catch (...) {
        board.lose(std::current_exception());
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  board.rethrow();
}

} // namespace stalemate::tests
