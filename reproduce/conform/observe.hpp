// A log as an observation of a model: which calls each step may be taken in.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/observe/observation.hpp"
#include "reproduce/conform/log.hpp"
#include "reproduce/conform/sightings.hpp"
#include "reproduce/play.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::reproduce {

struct Observed {
  observe::Observation observation;
  std::vector<int> arrivals;           ///< By event the index of the arrival that it is.
  std::set<std::string> demanded = {}; ///< Functions in which some step must happen.
  /// Functions whose value says which alternative it was, with two values that mean different ones.
  std::map<std::string, std::pair<long long, long long>> values = {};
  /// Why the log does not have all that happened; empty: nothing says that something is missing.
  std::string missing = {};
};

[[nodiscard]] Observed
observe(const Log& log, const ir::Model& model, const Sightings& sightings, const KernelMap& map);

/// That the file is as the log says it was read through the page cache, as an expression over the
/// model's state; or true if the log does not say. `programs` are the processes that a program
/// runs, in their order.
[[nodiscard]] std::string ending_text(const Log& log,
                                      const ir::Model& model,
                                      const std::vector<std::string>& programs,
                                      const Geometry& geometry);

} // namespace stalemate::reproduce
