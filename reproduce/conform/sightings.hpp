// What a recorded call proves of the steps of the model: sightings/v6.1.json, beside the map, which
// says where a task can be held. By the id of a step, also with the note of one alternative behind
// it ("id / note"), one of
//
//   {"once": F}    it happens exactly once in each call of F
//   {"often": F}   at least once: a call that serves several blocks or folios
//   {"maybe": F}   only in a call of F, but there are calls without it
//   {"unseen": WHY} nothing that is logged says when
//
// of the same role, or with "anyone": true of anyone, also in an interrupt; F may also be a list,
// of which any will do. "returns": {"1": NOTE} says which return value is which alternative; a call
// that returns anything else stands for nothing, and NOTE "*" is any alternative; "bits" is how
// many of the register are the value, 32 if absent. A step that is not here is as in the map:
// "enter" and "exit" are "once", "inside" is "maybe", what happens in an interrupt and what this
// kernel does not have is unseen.
#pragma once

#include "reproduce/kernel_map.hpp"

#include "checker/observe/observation.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::reproduce {

/// What stands for a step in a log.
struct Sighting {
  observe::Times times = observe::Times::once;
  std::vector<std::string> functions = {}; ///< None: it is not seen.
  std::string why = {};
  std::map<long long, std::string> returns = {};
  int bits = 32;
  bool is_of_anyone = false;
  std::string like = {}; ///< Id of a step with which it shares its calls.

  /// The value of a register, of which only some bits count.
  [[nodiscard]] long long value_of(long long returned) const;
};

/// A kworker that enters the function has this role.
struct RoleOfWorker {
  std::string function;
  std::string role;
};

/// What is known of a reason for which logs were refused.
struct Divergence {
  std::string key;   ///< Judgement::key, or its beginning.
  std::string whose; ///< map, model or kernel
  std::string why;
};

struct Sightings {
  std::map<std::string, Sighting> steps;
  std::vector<RoleOfWorker> workers;           ///< Besides those of the map.
  std::vector<Divergence> divergences;         ///< Those that remain.
  std::vector<std::string> takes_mapping = {}; ///< Functions whose first argument says which file.
  std::vector<std::string> watched; ///< What is logged for people, and to know what is missing.
};

/// Throws Refusal with the place in `name`.
[[nodiscard]] Sightings read_sightings(const std::string& name, std::string_view text);

/// With what the map says of steps that `sightings` does not have; the key under which it was
/// found: steps of one key share their calls.
struct Found {
  std::string key;
  Sighting sighting;
};
/// Nothing for a step that neither knows.
[[nodiscard]] std::optional<Found> sighting_of(const Sightings& sightings,
                                               const KernelMap& map,
                                               const std::string& id,
                                               const std::string& note);

/// Every function that has to be watched for a log to be judged.
[[nodiscard]] std::vector<std::string> watched_functions(const Sightings& sightings,
                                                         const KernelMap& map);

} // namespace stalemate::reproduce
