#include "model/iomap/refusals.hpp"

#include "model/iomap/layout_refusals.hpp"
#include "model/iomap/objects/geometry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace stalemate::kernel::iomap {

namespace {

/// One process of the scenario among the others.
struct Actor {
  const Scenario& scenario;
  const Setup& setup;
  const Geometry geometry;
  std::size_t number;
  const Options& options;

  [[nodiscard]] const ProcessSpec& process() const { return setup.processes[number]; }
  [[nodiscard]] int option(const char* name) const {
    const auto found = options.find(name);
    return found == options.end() ? 0 : found->second;
  }
  [[nodiscard]] int size() const { return setup.file.size.value_or(geometry.segments()); }
  [[nodiscard]] std::string where_it_ends() const {
    const int lowest = setup.lowest_size();
    return fmt::format("{} at {}", lowest < size() ? "may end" : "ends", lowest);
  }
  [[noreturn]] void refuse(const char* option, const std::string& what) const {
    refuse_option(scenario, number, option, what);
  }
  /// The first other process of which this is true, or the number of processes.
  [[nodiscard]] std::size_t other(const std::function<bool(const ProcessSpec&)>& is_meant) const {
    std::size_t i = 0;
    while (i < setup.processes.size() && (i == number || !is_meant(setup.processes[i])))
      ++i;
    return i;
  }
  /// Refuses to run beside that one.
  void refuse_beside(const std::function<bool(const ProcessSpec&)>& is_meant,
                     const std::string& why) const {
    const std::size_t one = other(is_meant);
    if (one < setup.processes.size())
      refuse("path",
             fmt::format("{} beside {} (process {}) is not modelled: {}",
                         process().path,
                         setup.processes[one].path,
                         one,
                         why));
  }
};

/// What the option ranges cannot say: that a process stays inside this file.
void check_inside_file(const Actor& actor) {
  const Geometry& geometry = actor.geometry;
  if (actor.options.contains("at") && actor.option("at") >= geometry.segments())
    actor.refuse("at",
                 fmt::format("no segment {}; the file has segments 0..{}",
                             actor.option("at"),
                             geometry.segments() - 1));
  if (actor.option("at") + actor.option("segments") > geometry.segments())
    actor.refuse("segments",
                 fmt::format("{} segments from {} on leave the file, which has {}",
                             actor.option("segments"),
                             actor.option("at"),
                             geometry.segments()));
  const int per_folio = geometry.segments_per_folio();
  if (actor.option("at") % per_folio + actor.option("part") > per_folio)
    actor.refuse("part",
                 fmt::format("{} segments from {} on leave the folio, which has {}",
                             actor.option("part"),
                             actor.option("at"),
                             per_folio));
  if (actor.options.contains("buffer_folio") && actor.option("buffer_folio") >= geometry.folios())
    actor.refuse("buffer_folio",
                 fmt::format("no folio {}; the file has folios 0..{}",
                             actor.option("buffer_folio"),
                             geometry.folios() - 1));
  if (actor.options.contains("block") && actor.option("block") >= geometry.blocks)
    actor.refuse("block",
                 fmt::format("no block {}; the file has blocks 0..{}",
                             actor.option("block"),
                             geometry.blocks - 1));
}

/// A write whose buffer is behind i_size fails, which is not modelled.
void check_buffer(const Actor& actor) {
  if (!actor.options.contains("buffer_folio") || actor.option("buffer_folio") < 0) return;
  actor.refuse_beside(
      [](const ProcessSpec& other) {
        return other.runs("truncate") || other.runs("collapse_range");
      },
      "the user's buffer must stay before i_size");
  const int start = actor.option("buffer_folio") * actor.geometry.segments_per_folio();
  if (start >= actor.size())
    actor.refuse("buffer_folio",
                 fmt::format("folio {} begins at {}, where the file has ended: its size is {}",
                             actor.option("buffer_folio"),
                             start,
                             actor.size()));
}

/// How far the file can be when only the others have written.
int reach_of_others(const Actor& actor) {
  int reach = actor.size();
  for (std::size_t i = 0; i < actor.setup.processes.size(); ++i)
    if (i != actor.number) reach = std::max(reach, written_by(actor.setup.processes[i]).second);
  return reach;
}

/// What a write behind i_size zeroes before is known when the model is built.
void check_buffered_write(const Actor& actor) {
  const int at = actor.option("at");
  if (!actor.process().runs("buffered_write")) return;
  const bool is_gfs2 = actor.setup.kernel.filesystem == Filesystem::gfs2;
  const bool may_end_early = actor.option("gives_up") > 0 || actor.setup.file.read_errors > 0;
  if (is_gfs2 && may_end_early && actor.geometry.blocks_per_folio > 1)
    actor.refuse(actor.option("gives_up") > 0 ? "gives_up" : "path",
                 "what gfs2 gives back of a folio of several blocks is not modelled");
  const int lowest = actor.setup.lowest_size();
  if (at <= lowest) return;
  if (actor.setup.kernel.filesystem != Filesystem::xfs)
    actor.refuse("at",
                 fmt::format("a write behind i_size is modelled of XFS alone; this file {}",
                             actor.where_it_ends()));
  actor.refuse_beside(
      [&](const ProcessSpec& other) {
        return option_of(other, "gives_up", 0) > 0 && written_by(other).second > lowest;
      },
      "where the file ends when it begins must be known");
}

/// A direct write behind i_size would have to zero what lies between.
void check_direct_io(const Actor& actor) {
  const std::string& path = actor.process().path;
  if (path != "dio_write" && path != "dio_read") return;
  actor.refuse_beside(
      [](const ProcessSpec& other) {
        return other.runs("collapse_range") || other.runs("insert_range");
      },
      "what a read may find is not told of blocks that move");
  if (path == "dio_read" && actor.option("async") != 0 &&
      actor.option("at") + actor.option("segments") > reach_of_others(actor))
    actor.refuse("segments",
                 fmt::format("what an asynchronous read brings from behind i_size is not cut off; "
                             "nobody takes this file further than {}",
                             reach_of_others(actor)));
  if (path == "dio_read") return;
  if (actor.option("at") > actor.setup.lowest_size())
    actor.refuse("at",
                 fmt::format("a direct write behind i_size is not modelled; this file {}",
                             actor.where_it_ends()));
}

/// Does the process set i_size?
bool sets_size(const ProcessSpec& process) {
  return process.runs("truncate") || process.runs("collapse_range") || process.runs("insert_range");
}

/// fallocate(2) refuses to take away the end of the file, and to insert behind it.
void check_shift(const Actor& actor) {
  const std::string& path = actor.process().path;
  if (path != "collapse_range" && path != "insert_range") return;
  const int per_block = actor.geometry.segments_per_block;
  const int size = actor.size();
  actor.refuse_beside(
      [&](const ProcessSpec& other) {
        return sets_size(other) || (!other.runs("mmap_write") && written_by(other).second > size);
      },
      "where the file ends must be known");
  const int block = actor.option("block");
  if (path == "collapse_range" && (block + 1) * per_block >= size)
    actor.refuse("block",
                 fmt::format("the range must end before the file does (EINVAL), and block {} ends "
                             "at {}; the file ends at {}",
                             block,
                             (block + 1) * per_block,
                             size));
  if (path != "insert_range") return;
  if (block * per_block >= size)
    actor.refuse("block",
                 fmt::format("the range must begin before the file ends (EINVAL), and block {} "
                             "begins at {}; the file ends at {}",
                             block,
                             block * per_block,
                             size));
  const int room = actor.geometry.segments() - per_block;
  if (size > room)
    actor.refuse("path",
                 fmt::format("there is no room for another block: set file.size to at most {}{}",
                             room,
                             room == 0 ? ", or add a hole to file.blocks" : ""));
}

/// Where a truncation begins to zero is known when the model is built.
void check_truncate(const Actor& actor) {
  if (!actor.process().runs("truncate")) return;
  const int segments = actor.geometry.segments();
  for (const char* option : {"to", "then"})
    if (actor.option(option) > segments)
      actor.refuse(option,
                   fmt::format("{} segments are more than the blocks of the file have room for: {}",
                               actor.option(option),
                               segments));
  if (actor.option("then") == actor.option("to"))
    actor.refuse("then",
                 fmt::format("the file is {} segments long by then; -1 is for no second truncation",
                             actor.option("to")));
  int lowest = actor.size();
  if (actor.option("then") >= 0) lowest = std::min(lowest, actor.option("to"));
  actor.refuse_beside(
      [&](const ProcessSpec& other) {
        return sets_size(other) || (!other.runs("mmap_write") && written_by(other).second > lowest);
      },
      "where the file ends must be known");
}

/// gfs2 knows neither delayed nor unwritten nor shared blocks; zonefs has no holes.
void check_filesystem(const Actor& actor) {
  const std::string& path = actor.process().path;
  const Filesystem filesystem = actor.setup.kernel.filesystem;
  const bool is_gfs2 = filesystem == Filesystem::gfs2 || filesystem == Filesystem::gfs2_jdata;
  const bool is_reflink = path == "clone" || path == "unshare" || path == "cow_gc";
  if (is_gfs2 && is_reflink) actor.refuse("path", "gfs2 does not share blocks between files");
  if (path == "free_eofblocks" && filesystem != Filesystem::xfs)
    actor.refuse("path", "only XFS preallocates behind the end of the file");
  if (filesystem == Filesystem::xfs_zoned &&
      (is_reflink || path == "dio_write" || path == "dio_read" || path == "collapse_range" ||
       path == "insert_range"))
    actor.refuse("path",
                 fmt::format("{} on a zoned device is not modelled: only what goes through the "
                             "page cache is, and no block moves",
                             path));
  const bool is_fallocate = path == "punch_hole" || path == "zero_range" ||
                            path == "collapse_range" || path == "insert_range";
  if (filesystem == Filesystem::zonefs && (is_reflink || is_fallocate))
    actor.refuse("path", "the blocks of a zonefs file stay where they are");
}

bool is_of_journaled_data(const std::string& path) {
  return path == "jdata_write" || path == "jdata_writeback" || path == "log_flush";
}

/// Journaled data goes through the log, which no path but these and reclaim knows about.
void check_journaled(const Actor& actor) {
  const std::string& path = actor.process().path;
  if (!is_of_journaled_data(path)) return;
  if (actor.setup.kernel.filesystem != Filesystem::gfs2_jdata)
    actor.refuse(
        "path",
        fmt::format("{} goes with kernel.filesystem gfs2_jdata, which journals data", path));
  actor.refuse_beside(
      [](const ProcessSpec& other) {
        return !is_of_journaled_data(other.path) && !other.runs("reclaim");
      },
      "only jdata_write, jdata_writeback, log_flush and reclaim know journaled data");
  if (path != "jdata_write") return;
  const int per_folio = actor.geometry.segments_per_folio();
  const int first = actor.option("at");
  const int last = first + actor.option("segments") - 1;
  if (first / per_folio != last / per_folio)
    actor.refuse("segments",
                 fmt::format("jdata_write stays in one folio, of {} segments", per_folio));
  const int block = first / actor.geometry.segments_per_block;
  if (actor.setup.file.blocks[static_cast<std::size_t>(block)] != Extent::mapped)
    actor.refuse("at",
                 fmt::format("jdata_write overwrites mapped blocks; block {} is none", block));
}

/// What most paths do about an error that they meet is not modelled.
void check_errors(const Actor& actor) {
  const FileLayout& file = actor.setup.file;
  if (!file.fails() || actor.process().path.empty()) return;
  const bool knows =
      std::ranges::any_of(std::initializer_list<const char*>{"buffered_write",
                                                             "buffered_read",
                                                             "file_readahead",
                                                             "mmap_write",
                                                             "writeback",
                                                             "fsync",
                                                             "reclaim",
                                                             "cow_gc"},
                          [&](const char* path) { return actor.process().runs(path); });
  if (!knows)
    actor.refuse("path",
                 fmt::format("what {} does about an error is not modelled, and file has {}",
                             actor.process().path,
                             file.write_errors > 0 ? "write_errors"
                             : file.map_errors > 0 ? "map_errors"
                                                   : "read_errors"));
  if (actor.option("at") > actor.size() && actor.process().runs("buffered_write"))
    actor.refuse("at", "what a write behind i_size does about an error is not modelled");
  if (actor.options.contains("buffer_folio") && actor.option("buffer_folio") >= 0 &&
      file.read_errors > 0)
    actor.refuse("buffer_folio",
                 "a buffer that cannot be read is not modelled; file has read_errors");
}

/// An error that nobody can meet would make a proof look like more than it is.
void check_idle_errors(const Setup& setup) {
  const bool is_unknown = std::ranges::any_of(
      setup.processes, [](const ProcessSpec& process) { return process.path.empty(); });
  if (is_unknown) return; // A path of the scenario's own may do anything.
  const auto refuse = [](const char* word, const char* why) {
    throw ScenarioError(fmt::format("/file/{}", word), why);
  };
  const char* const idle = "changes nothing here: no process runs writeback or fsync";
  if (setup.file.write_errors > 0 && !setup.writes_back()) refuse("write_errors", idle);
  if (setup.file.map_errors > 0 && !setup.writes_back()) refuse("map_errors", idle);
  if (setup.file.read_errors > 0 &&
      !setup.runs_any({"buffered_read", "file_readahead", "buffered_write", "mmap_write"}))
    refuse("read_errors",
           "changes nothing here: no process runs buffered_read, file_readahead, buffered_write or "
           "mmap_write");
}

/// Blocks that move take what is owed along.
void check_fsync(const Actor& actor) {
  if (!actor.process().runs("fsync")) return;
  actor.refuse_beside(
      [](const ProcessSpec& other) {
        return other.runs("collapse_range") || other.runs("insert_range");
      },
      "what it owes is told by its place in the file");
}

} // namespace

void refuse_processes(const Scenario& scenario, const Setup& setup, const std::vector<Cast>& cast) {
  if (setup.file.has_every_path) return;
  refuse_layout(scenario, setup);
  for (std::size_t i = 0; i < cast.size(); ++i) {
    const Actor actor{scenario, setup, Geometry(setup.file), i, cast[i].options};
    check_inside_file(actor);
    check_buffer(actor);
    check_buffered_write(actor);
    check_direct_io(actor);
    check_shift(actor);
    check_truncate(actor);
    check_filesystem(actor);
    check_journaled(actor);
    check_fsync(actor);
    check_errors(actor);
  }
  check_idle_errors(setup);
}

} // namespace stalemate::kernel::iomap
