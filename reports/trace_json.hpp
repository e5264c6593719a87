// A trace as JSON, complete enough to be replayed. Values are written as the text report prints
// them; numbers of steps start at 1.
//
//   {
//     "format": "stalemate-trace", "version": 2,
//     "title": "R1#none: no_lost_write is violated after 14 steps (a shortest trace)",
//     "asked": {"title": "Buffered write against reclaim", "kernel": "iomap_valid none"},
//     "scenario": "scenarios/iomap/R1.json", "variant": "none", "set": ["iomap_valid=none"],
//     "edits": ["drop iomap_write_begin: is the cached iomap still valid?"],
//     "model": "5f0c7b1d93a2e846",
//     "verdict": "violated", "property": "no_lost_write",
//     "loop_from": null, "waiting": null, "stranded": [],
//     "processes": [{"name": "writer0", "path": "buffered_write", "options": {"at": 0, ...}}],
//     "initial": {"extent[0]": "unwritten", ...},
//     "steps": [{"process": "writer0", "function": "iomap_write_begin",
//                "phrase": "get and lock the folio", "alternative": 1,
//                "id": "iomap_write_begin: get and lock the folio",
//                "file": "fs/iomap/buffered-io.c", "note": "make a new one",
//                "seen": {"folio[0].present": "no"},
//                "changes": [{"cell": "folio[0].lock", "before": "free", "after": "writer0"}]}],
//     "race": [{"step": 14, "text": "writer0: fill the rest: goes by iomap.type of step 2"}],
//     "ending": {"claim": "data written earlier survives", "broken": "block 0, segment 1",
//                "reason": "", "values": {"folio[0].data[1]": "zeroes"},
//                "blocked": [{"process": "writer0", "function": "balance_dirty_pages",
//                             "phrase": "wait", "waits_for": "writeback to end",
//                             "holders": [{"process": "ioend0", "since": null}]}],
//                "cycle": ["writer0", "ioend0"]}
//   }
//
// Of a run that goes on for ever, "loop_from" is the step to which it returns after the last one,
// and "waiting" the process that never progresses. Of a deadlock in which others go on, "stranded"
// are those who cannot.
//
// "asked" has the lines of the head, by label; "set" what the command line changed in the scenario,
// and so do, where it says so, "patch" (files with edits), "claims" (the only ones that were
// checked) and "reach" (what was looked for instead); "edits" is how the recorded paths were
// changed, Model::edits. "model" is the ir::identity() of the model as 16 hexadecimal digits: where
// it is another one, the model has changed since.
//
// "id" is the ir::step_id() of the step, which is the same wherever on the file it happens; a
// process without options is one that the model starts itself. Traces of version 1 have neither
// these nor "processes".
//
// A replay needs scenario, variant, set, patch, claims, reach, verdict, property, the three above
// and, of every step, the first four keys. It compares what the trace says of states, see
// difference(); the rest is for readers. Traces without "set" or the three are older and have none
// of it.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/head.hpp"

#include <iosfwd>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::report {

/// What a trace is a trace of, in the words of the command line.
struct TraceOrigin {
  Caption caption;
  std::string scenario;                 ///< File, as the reader can name it again.
  std::string variant;                  ///< Empty if the file has none.
  std::vector<std::string> set = {};    ///< Knobs that were set from outside, iomap_valid=none.
  std::vector<std::string> patch = {};  ///< Files with edits from outside.
  std::vector<std::string> claims = {}; ///< The only ones that were checked; empty: all.
  std::string reach = {};               ///< What was looked for instead; or empty.
  /// By name of a process the options of its path; of one that the model starts itself there are
  /// none.
  std::map<std::string, std::map<std::string, int>> options = {};
};

void write_trace_json(const ir::Model& model,
                      const Trace& trace,
                      const TraceOrigin& origin,
                      std::ostream& out);

/// By name of a cell its value; or what a step makes of it, as "no -> yes".
using SavedValues = std::map<std::string, std::string>;

/// A decision in words that outlive a change of the model elsewhere.
struct SavedStep {
  std::string process;
  std::string function;
  std::string phrase;
  int alternative = 0;
  std::string note = {};                ///< Of the alternative; may be empty.
  std::optional<SavedValues> seen = {}; ///< Nothing where the file does not say.
  std::optional<SavedValues> changes = {};
};

/// Who ran, and what exactly.
struct SavedProcess {
  std::string name;
  std::string path;
  std::map<std::string, int> options;
};

/// What a replay needs of a trace file, and what a reproduction needs beyond that.
struct SavedTrace {
  std::string scenario;
  std::string variant;
  std::vector<std::string> set = {}; ///< Knobs that were set from outside, iomap_valid=none.
  std::string verdict;
  std::string property; ///< Empty if none broke.
  std::vector<SavedStep> steps;
  std::optional<std::size_t> loop_from = {}; ///< Index of the first step of the loop.
  std::string process = {};                  ///< Who waits for ever; may be empty.
  std::vector<std::string> stranded = {};    ///< Who can never move again while others do.
  std::string model = {};                    ///< Its identity; empty if the file does not say.
  std::optional<SavedValues> initial = {};   ///< Nothing where the file does not say.
  std::vector<std::string> patch = {};       ///< As TraceOrigin has them, like the two below.
  std::vector<std::string> claims = {};
  std::string reach = {};
  std::string title = {};                   ///< With the verdict; or empty.
  std::vector<SavedProcess> processes = {}; ///< None where the file is older.
  SavedValues broken = {};                  ///< What the broken claim speaks of, at the end.
};

/// "5f0c7b1d93a2e846": the model's identity, as trace files have it.
[[nodiscard]] std::string identity_text(const ir::Model& model);

/// The file is not a trace. The message starts with the place, "line:column: " or a JSON pointer.
class TraceFileError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Reads the text of a trace file, whoever wrote it.
[[nodiscard]] SavedTrace read_schedule(std::string_view text);

/// The first thing that a saved trace says of the states on its way and that is not so when its
/// steps are executed: "step 3: inode.seq: the trace says 0 -> 5, it is 0 -> 1". Nothing if all is
/// so.
[[nodiscard]] std::optional<std::string>
difference(const ir::Model& model, const Trace& executed, const SavedTrace& saved);

} // namespace stalemate::report
