#pragma once

#include "checker/ranks/job.hpp"

#include <exception>
#include <string>
#include <vector>

namespace stalemate::cli {

/// Joins the ranks that search together if --mpi is among the words, so that of all that goes wrong
/// only the first of them speaks. Throws UsageError if that cannot be.
void join_job_if_asked(const std::vector<std::string>& words);

/// The ranks of which this process is one; null if it is alone.
[[nodiscard]] Job* job();

/// Waits for the others, and is alone again.
void leave_job();

/// Ends all ranks, since this one could not go on: the others would wait for it. Nothing if it is
/// alone.
void abort_job(const std::string& what, int status);

/// What depends on the machine has succeeded, or failed with this. Throws what it is, or, where
/// only another rank failed, UsageError with what that one says.
void expect_of_all_ranks(const std::exception_ptr& failure);

} // namespace stalemate::cli
