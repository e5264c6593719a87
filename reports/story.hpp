// A trace in words: what every picture of it says, so that text, diagram and web page agree. The
// pictures only decide where the words go.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/causality.hpp"
#include "reports/words.hpp"

#include <string>
#include <vector>

namespace stalemate::report {

/// One thing that a step did, or saw on its way.
struct Detail {
  /// `harm`: what is wrong, of a claim that is checked in the middle of a step.
  enum class Kind : std::uint8_t { saw, stale, lock, change, ghost, harm };
  Kind kind = Kind::change;
  std::string text;            ///< "folio[0].dirty: yes -> no", "takes folio[0].lock"
  std::vector<ir::Cell> cells; ///< What it is about.
  std::string brief = {};      ///< Of a change, where room is short: "folio[0].dirty = no"
  bool is_read = false;        ///< The broken claim read the value that this change left.
  std::string mark = {};       ///< Why it matters: "no_lost_write", "but (written[1] is old)".
  bool is_refused = false;     ///< The claim contradicts the value that this change left.
};

/// One step of a trace.
struct Scene {
  int process = 0;
  std::string function;
  bool continues =
      false;          ///< Same process and function as the step before: no need to say it again.
  std::string phrase; ///< With the alternative's note, "copy the data: it comes back short".
  std::vector<Detail> details;
  std::string mark = {}; ///< The claim that broke here, if no single change shows it.
};

/// Values of one object: "folio[0]: present yes, dirty yes".
struct Holding {
  std::string object; ///< Empty if the cell has no object: `values` then names it.
  std::string values;
  bool ghost = false;
};

/// A trace in words.
struct Story {
  std::vector<int> cast; ///< Processes that appear, in the order of the model.
  std::vector<Holding> initially;
  std::vector<Scene> scenes;
  std::string broken; ///< What broke, to put behind an arrow: "no_lost_write".
  std::vector<std::string>
      ending; ///< What it means: the claim, its part, the values; or the cycle.
};

/// Tells the trace.
[[nodiscard]] Story tell(const ir::Model& model, const Trace& trace, const Causality& causality);

} // namespace stalemate::report
