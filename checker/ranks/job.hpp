#pragma once

#include "checker/ranks/ranks.hpp"

#include <memory>
#include <string>

namespace stalemate {

/// The ranks that a launcher has started, such as mpirun. This process is one of them until the
/// object is gone, for which all have to wait.
class Job : public Ranks {
 public:
  /// How many of them are on this machine.
  [[nodiscard]] virtual int count_here() const = 0;
  /// Ends all of them at once, with this exit status.
  [[noreturn]] virtual void abort(int status) = 0;
};

/// Joins the job; a process that was not started by a launcher is alone in one. Once in a process.
/// Null if that cannot be, such as in a build without MPI; then `problem` says why.
[[nodiscard]] std::unique_ptr<Job> join_job(std::string& problem);

} // namespace stalemate
