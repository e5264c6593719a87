#include "reports/tests/example.hpp"

#include "reports/verdict_text.hpp"

#include <optional>
#include <utility>

namespace stalemate::report::example {

namespace {

using ir::ExpressionPtr;
using ir::Op;

const std::vector<std::string> data_names = {"zeroes", "old", "new", "garbage"};
const std::vector<std::string> extent_names = {"hole", "delalloc", "unwritten", "written"};
enum Data { zeroes, old, fresh, garbage };
enum Extent { hole, delalloc, unwritten, written };

ExpressionPtr number(std::int64_t value) {
  return ir::constant(value);
}
ExpressionPtr operator==(const ExpressionPtr& a, int b) {
  return ir::combine(Op::equal, {a, number(b)});
}
ExpressionPtr both(ExpressionPtr a, ExpressionPtr b) {
  return ir::combine(Op::both, {std::move(a), std::move(b)});
}
ExpressionPtr invert(ExpressionPtr a) {
  return ir::combine(Op::invert, {std::move(a)});
}

/// Records a model, with the little that these two need.
struct Recorder {
  ir::Model model;
  std::vector<std::string> holders = {"free"};

  explicit Recorder(std::string name, const std::vector<std::string>& processes) {
    model.name = std::move(name);
    for (const auto& process : processes) {
      model.processes.push_back({process,
                                 process.substr(0, process.find_first_of("0123456789")),
                                 ir::none,
                                 ir::Fairness::weak,
                                 {}});
      holders.push_back(process);
    }
  }

  int variable(const std::string& name,
               ir::Kind kind,
               std::vector<std::string> names,
               int last,
               std::vector<int> shape,
               std::vector<int> initial,
               int owner = ir::shared) {
    ir::Variable v;
    v.name = name;
    v.kind = kind;
    v.range = {0, last};
    v.names = std::move(names);
    v.shape = std::move(shape);
    v.initial = std::move(initial);
    v.owner = owner;
    model.variables.push_back(std::move(v));
    return static_cast<int>(model.variables.size()) - 1;
  }
  int flag(const std::string& name, bool value, std::vector<int> shape = {}) {
    return variable(name, ir::Kind::boolean, {}, 1, std::move(shape), {value ? 1 : 0});
  }
  int lock(const std::string& name, std::vector<int> shape = {}) {
    const auto last = static_cast<int>(holders.size()) - 1;
    return variable(name, ir::Kind::holder, holders, last, std::move(shape), {0});
  }
  int named(const std::string& name,
            const std::vector<std::string>& names,
            std::vector<int> shape,
            std::vector<int> initial,
            int owner = ir::shared) {
    const auto last = static_cast<int>(names.size()) - 1;
    return variable(
        name, ir::Kind::named, names, last, std::move(shape), std::move(initial), owner);
  }

  [[nodiscard]] const ir::Variable& at(int v) const {
    return model.variables[static_cast<std::size_t>(v)];
  }
  [[nodiscard]] ExpressionPtr read(int v, int cell = 0) const {
    return ir::load(v, at(v).range, at(v).shape.empty() ? nullptr : number(cell));
  }
  [[nodiscard]] ir::Effect set(int v, int cell, ExpressionPtr value) const {
    return {v, at(v).shape.empty() ? nullptr : number(cell), std::move(value)};
  }
  [[nodiscard]] ir::Effect set(int v, int value) const { return set(v, 0, number(value)); }

  [[nodiscard]] ir::Wait taking(int v) const {
    return {read(v) == 0, read(v), "", {read(v)}, true};
  }

  void step(int process,
            const std::string& function,
            const std::string& phrase,
            std::vector<ir::Alternative> alternatives,
            bool idle = false) {
    auto& steps = model.processes[static_cast<std::size_t>(process)].steps;
    for (auto& a : alternatives) {
      if (!a.guard) a.guard = number(1);
      if (a.next == ir::none) a.next = static_cast<int>(steps.size()) + 1;
    }
    steps.push_back({function_of(function),
                     phrase,
                     "reports/tests/example.cpp",
                     static_cast<int>(steps.size()) + 1,
                     idle,
                     std::nullopt,
                     "",
                     std::move(alternatives)});
  }

  /// Gives every process the variable that says where it stands.
  ir::Model finish() {
    for (std::size_t p = 0; p < model.processes.size(); ++p) {
      auto& process = model.processes[p];
      std::vector<std::string> names;
      for (const auto& s : process.steps)
        names.push_back(ir::step_name(model, s));
      process.location = variable(process.name + ".at",
                                  ir::Kind::location,
                                  std::move(names),
                                  process.finished(),
                                  {},
                                  {0},
                                  static_cast<int>(p));
    }
    return std::move(model);
  }

 private:
  int function_of(const std::string& name) {
    for (std::size_t i = 0; i < model.functions.size(); ++i)
      if (model.functions[i].name == name) return static_cast<int>(i);
    model.functions.push_back({name, "fs/example.c"});
    return static_cast<int>(model.functions.size()) - 1;
  }
};

ir::Alternative way(std::string note,
                    ExpressionPtr guard,
                    std::vector<ir::Wait> waits,
                    std::vector<ir::Effect> effects,
                    int next = ir::none) {
  return {std::move(note), std::move(guard), std::move(waits), {}, std::move(effects), next};
}

} // namespace

ir::Model race() {
  enum { writer, flusher, ioend, kswapd };
  Recorder r("R1", {"writer0", "flusher", "ioend0", "kswapd"});

  const int rwsem = r.lock("inode.i_rwsem");
  const int seq = r.variable("inode.seq", ir::Kind::number, {}, 3, {}, {0});
  const int extent = r.named("extent", extent_names, {1}, {unwritten});
  const int lock = r.lock("folio.lock", {1});
  const int present = r.flag("folio.present", true, {1});
  const int uptodate = r.flag("folio.uptodate", true, {1});
  const int dirty = r.flag("folio.dirty", true, {1});
  const int writeback = r.flag("folio.writeback", false, {1});
  const int data = r.named("folio.data", data_names, {1, 2}, {zeroes, old});
  const int disk = r.named("disk", data_names, {2}, {garbage, garbage});
  const int bio = r.flag("bio.submitted", false);
  const int file = r.named("file", data_names, {2}, {zeroes, old});
  r.model.variables.back().ghost = true;
  const int type = r.named("writer0.iomap.type", extent_names, {}, {hole}, writer);
  const int cookie = r.variable("writer0.iomap.cookie", ir::Kind::number, {}, 3, {}, {0}, writer);

  r.step(writer,
         "xfs_file_buffered_write",
         "take the inode lock",
         {way("", nullptr, {r.taking(rwsem)}, {r.set(rwsem, 1 + writer)})});
  r.step(writer,
         "xfs_buffered_write_iomap_begin",
         "sample the extent and its cookie",
         {way("", nullptr, {}, {r.set(type, 0, r.read(extent)), r.set(cookie, 0, r.read(seq))})});
  r.step(writer,
         "iomap_write_begin",
         "get and lock the folio",
         {way("", r.read(present), {r.taking(lock)}, {r.set(lock, 1 + writer)}),
          way("it is not cached, make a new one",
              invert(r.read(present)),
              {r.taking(lock)},
              {r.set(lock, 1 + writer), r.set(present, 1), r.set(uptodate, 0)})});
  r.step(writer,
         "iomap_write_begin",
         "fill the part that the caller will not overwrite",
         {way("", r.read(uptodate), {}, {}),
          way("zero it",
              both(invert(r.read(uptodate)), r.read(type) == unwritten),
              {},
              {r.set(data, 1, number(zeroes)), r.set(uptodate, 1)}),
          way("read it",
              both(invert(r.read(uptodate)), r.read(type) == written),
              {},
              {r.set(data, 1, r.read(disk, 1)), r.set(uptodate, 1)})});
  r.step(writer,
         "iomap_write_iter",
         "copy the user's data",
         {way("", nullptr, {}, {r.set(data, 0, number(fresh)), r.set(file, 0, number(fresh))})});
  r.step(writer,
         "iomap_write_end",
         "mark the folio dirty, unlock",
         {way("", nullptr, {}, {r.set(dirty, 1), r.set(lock, 0)})});
  r.step(writer,
         "xfs_file_buffered_write",
         "drop the inode lock",
         {way("", nullptr, {}, {r.set(rwsem, 0)})});

  r.step(flusher,
         "iomap_writepages",
         "pick a dirty folio",
         {way("",
              both(r.read(dirty), invert(r.read(writeback))),
              {r.taking(lock)},
              {r.set(lock, 1 + flusher)})},
         true);
  r.step(flusher,
         "iomap_writepage_map",
         "clear dirty, set writeback, unlock",
         {way("", nullptr, {}, {r.set(dirty, 0), r.set(writeback, 1), r.set(lock, 0)})});
  r.step(
      flusher, "iomap_submit_ioend", "submit the bio", {way("", nullptr, {}, {r.set(bio, 1)}, 0)});

  r.step(ioend,
         "bio_endio",
         "the bio completes: data reaches the disk",
         {way("",
              r.read(bio),
              {},
              {r.set(disk, 0, r.read(data, 0)), r.set(disk, 1, r.read(data, 1)), r.set(bio, 0)})},
         true);
  r.step(ioend,
         "xfs_end_ioend",
         "convert the unwritten extent",
         {way("",
              r.read(extent) == unwritten,
              {},
              {r.set(extent, written),
               r.set(seq,
                     0,
                     ir::combine(Op::modulo,
                                 {ir::combine(Op::add, {r.read(seq), number(1)}), number(4)}))}),
          way("nothing to convert", invert(r.read(extent) == unwritten), {}, {})});
  r.step(ioend,
         "iomap_finish_ioend",
         "end writeback",
         {way("", nullptr, {}, {r.set(writeback, 0)}, 0)});

  r.step(kswapd,
         "shrink_folio_list",
         "lock a folio of the LRU list",
         {way("", r.read(present), {r.taking(lock)}, {r.set(lock, 1 + kswapd)})},
         true);
  r.step(
      kswapd,
      "shrink_folio_list",
      "is the folio clean?",
      {way("", both(invert(r.read(dirty)), invert(r.read(writeback))), {}, {}),
       way("keep it", invert(both(invert(r.read(dirty)), invert(r.read(writeback)))), {}, {}, 3)});
  r.step(kswapd,
         "__remove_mapping",
         "remove it from the page cache",
         {way("", nullptr, {}, {r.set(present, 0)})});
  r.step(
      kswapd, "shrink_folio_list", "unlock the folio", {way("", nullptr, {}, {r.set(lock, 0)}, 0)});

  const auto survives = [&](int segment) -> ir::Part {
    const auto on_disk =
        ir::combine(Op::select, {r.read(extent) == written, r.read(disk, segment), number(zeroes)});
    const auto now = ir::combine(Op::select, {r.read(present), r.read(data, segment), on_disk});
    const auto last = r.read(file, segment);
    return {ir::combine(Op::equal, {now, last}),
            "a read of segment " + std::to_string(segment) +
                " sees {} instead of what was written last ({})",
            {now, last}};
  };
  r.model.properties = {
      {"no_lost_write",
       "data written earlier survives",
       ir::PropertyKind::invariant,
       {survives(0), survives(1)}},
      {"no_deadlock", "somebody can always go on", ir::PropertyKind::no_deadlock, {}}};
  return r.finish();
}

Result race_result() {
  Result result;
  result.verdict = Verdict::violated;
  result.property = 0;
  result.part = 1;
  result.counts = {1234, 3456, 31};
  result.schedule = {{0, 0},
                     {0, 0},
                     {1, 0},
                     {1, 0},
                     {1, 0},
                     {2, 0},
                     {2, 0},
                     {2, 0},
                     {3, 0},
                     {3, 0},
                     {3, 0},
                     {3, 0},
                     {0, 1},
                     {0, 1}};
  result.coverage = no_coverage(race());
  return result;
}

ir::Model crowd(int processes) {
  std::vector<std::string> names;
  for (int p = 0; p < processes; ++p)
    names.push_back("worker" + std::to_string(p));
  Recorder r("crowd", names);
  const int token =
      r.variable("inode.token_of_the_crowd", ir::Kind::number, {}, processes, {}, {0});
  for (int p = 0; p < processes; ++p) {
    const auto function = "xfs_a_function_with_quite_a_long_name_" + std::to_string(p);
    r.step(p,
           function,
           "wait for the token, pass it on to the one that comes next in line",
           {way("with a note that does not make it any shorter, on the contrary",
                r.read(token) == p,
                {},
                {r.set(token, p + 1)})});
    r.step(p, function, "sleep", {way("", nullptr, {}, {})});
  }
  const auto holds = ir::combine(Op::invert, {r.read(token) == processes});
  r.model.properties = {{"the_token_stays_in_the_crowd",
                         "whoever has the token hands it to somebody who is still there to take it",
                         ir::PropertyKind::invariant,
                         {{holds, "the token"}}}};
  return r.finish();
}

Result crowd_result(int processes) {
  Result result;
  result.verdict = Verdict::violated;
  result.property = 0;
  result.part = 0;
  for (int p = 0; p < processes; ++p)
    result.schedule.push_back({p, 0});
  result.coverage = no_coverage(crowd(processes));
  return result;
}

Caption caption(const std::string& name, const ir::Model& model, const Result& result) {
  return {{name,
           "Writers of one file",
           {{"variant", "No check, as before v6.2."},
            {"kernel", "iomap_valid=none"},
            {"file", "blocks unwritten; cached (folio 0, dirty, data zero old)"},
            {"processes", "writer0 buffered_write at 0, segments 1; kswapd reclaim"}}},
          outcome_text(model, result),
          {"as expected"}};
}

ir::Model cycle() {
  enum { writer, ioend };
  Recorder r("R1", {"writer0", "ioend0"});
  const int rwsem = r.lock("inode.i_rwsem");
  const int writeback = r.flag("folio.writeback", true, {1});

  r.step(writer,
         "xfs_file_buffered_write",
         "take the inode lock",
         {way("", nullptr, {r.taking(rwsem)}, {r.set(rwsem, 1 + writer)})});
  r.step(
      writer,
      "balance_dirty_pages",
      "wait until less is under writeback",
      {way("",
           nullptr,
           {{invert(r.read(writeback)), nullptr, "writeback to end", {number(1 + ioend)}, false}},
           {})});
  r.step(writer,
         "xfs_file_buffered_write",
         "drop the inode lock",
         {way("", nullptr, {}, {r.set(rwsem, 0)})});

  r.step(ioend,
         "xfs_end_ioend",
         "take the inode lock to convert the extent",
         {way("", nullptr, {r.taking(rwsem)}, {r.set(rwsem, 1 + ioend)})});
  r.step(ioend,
         "xfs_end_ioend",
         "end writeback, unlock",
         {way("", nullptr, {}, {r.set(writeback, 0), r.set(rwsem, 0)})});

  r.model.properties = {
      {"no_deadlock", "somebody can always go on", ir::PropertyKind::no_deadlock, {}}};
  return r.finish();
}

Result cycle_result() {
  Result result;
  result.verdict = Verdict::deadlock;
  result.property = 0;
  result.counts = {4, 4, 3};
  result.schedule = {{0, 0}};
  result.coverage = no_coverage(cycle());
  return result;
}

} // namespace stalemate::report::example
