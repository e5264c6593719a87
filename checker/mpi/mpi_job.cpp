// Messages by MPI. Errors of MPI itself end the job, as is its default.

#include "checker/ranks/job.hpp"

#define OMPI_SKIP_MPICXX
#include <mpi.h>

#include <algorithm>
#include <cstdlib>

namespace stalemate {

namespace {

class MpiJob final : public Job {
 public:
  MpiJob() {
    MPI_Init(nullptr, nullptr);
    MPI_Comm_rank(MPI_COMM_WORLD, &number_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
    MPI_Comm here = MPI_COMM_NULL;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
    MPI_Comm_size(here, &here_);
    MPI_Comm_free(&here);
  }
  ~MpiJob() override { MPI_Finalize(); }
  MpiJob(const MpiJob&) = delete;
  MpiJob& operator=(const MpiJob&) = delete;

  [[nodiscard]] int number() const override { return number_; }
  [[nodiscard]] int count() const override { return count_; }
  [[nodiscard]] int count_here() const override { return here_; }

  [[noreturn]] void abort(int status) override {
    MPI_Abort(MPI_COMM_WORLD, status);
    std::_Exit(status);
  }

  void exchange(const std::vector<Message>& out, std::vector<Message>& in) override {
    const auto count = static_cast<std::size_t>(count_);
    std::vector<std::uint64_t> sizes(count);
    for (std::size_t rank = 0; rank < count; ++rank)
      sizes[rank] = out[rank].size();
    std::vector<std::uint64_t> sizes_in(count);
    MPI_Alltoall(sizes.data(), 1, MPI_UINT64_T, sizes_in.data(), 1, MPI_UINT64_T, MPI_COMM_WORLD);
    std::vector<MPI_Request> requests;
    for (int rank = 0; rank < count_; ++rank) {
      Message& message = in[static_cast<std::size_t>(rank)];
      message.resize(sizes_in[static_cast<std::size_t>(rank)]);
      if (rank == number_) {
        message = out[static_cast<std::size_t>(rank)];
        continue;
      }
      for_each_piece(message, [&](std::byte* piece, int bytes) {
        MPI_Irecv(piece, bytes, MPI_BYTE, rank, 0, MPI_COMM_WORLD, &requests.emplace_back());
      });
    }
    // The next one first, so that not all write to the same one at the same time.
    for (int i = 1; i < count_; ++i) {
      const int rank = (number_ + i) % count_;
      for_each_piece(out[static_cast<std::size_t>(rank)], [&](const std::byte* piece, int bytes) {
        MPI_Isend(piece, bytes, MPI_BYTE, rank, 0, MPI_COMM_WORLD, &requests.emplace_back());
      });
    }
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
  }

  [[nodiscard]] std::vector<std::uint64_t> share(std::span<const std::uint64_t> mine) override {
    const auto size = static_cast<int>(mine.size());
    std::vector<std::uint64_t> all(mine.size() * static_cast<std::size_t>(count_));
    MPI_Allgather(mine.data(), size, MPI_UINT64_T, all.data(), size, MPI_UINT64_T, MPI_COMM_WORLD);
    return all;
  }

 private:
  /// MPI counts in int.
  template <typename Bytes, typename Visit>
  static void for_each_piece(Bytes& message, Visit visit) {
    constexpr std::size_t piece_max = std::size_t{1} << 30;
    for (std::size_t at = 0; at < message.size(); at += piece_max)
      visit(message.data() + at, static_cast<int>(std::min(piece_max, message.size() - at)));
  }

  int number_ = 0;
  int count_ = 1;
  int here_ = 1;
};

} // namespace

} // namespace stalemate

/// For join_job().
extern "C" [[gnu::visibility("default")]] stalemate::Job* stalemate_join_job() {
  return new stalemate::MpiJob();
}
