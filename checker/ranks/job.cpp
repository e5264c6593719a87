// MPI is a library of its own that is loaded when it is asked for: it takes longer to load than
// most searches, and who does not need it need not have it.

#include "checker/ranks/job.hpp"

#include "checker/outside/library.hpp"

namespace stalemate {

namespace {

constexpr auto library_name = "libstalemate_mpi.so";

} // namespace

std::unique_ptr<Job> join_job(std::string& problem) {
  auto library = Library::load(library_name, problem);
  if (!library) return nullptr;
  using Join = Job* (*)();
  const auto join = library->function<Join>("stalemate_join_job");
  if (join == nullptr) {
    problem = "it has no stalemate_join_job()";
    return nullptr;
  }
  // It is never unloaded: MPI has threads and handlers of its own.
  static const auto* const kept = new std::shared_ptr<Library>(std::move(library));
  (void)kept;
  return std::unique_ptr<Job>(join());
}

} // namespace stalemate
