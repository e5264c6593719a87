#include "reproduce/play.hpp"

#include "reports/json.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::reproduce {

namespace {

using report::SavedProcess;
using report::SavedTrace;
using report::SavedValues;

constexpr int segments_max = 32; // SEGMENTS_MAX of guest/race.c
constexpr int folio_bytes = 4096;
constexpr int times_max = 4; // TIMES_MAX of guest/orders.h
constexpr auto sync = "SYNC";

/// One call, of bytes. `fill` is a character of C.
struct Action {
  std::string name;
  std::string call;
  int at = 0;
  int length = 0;
  std::string fill = "0";
  int times = 1;
  int then = -1;
};

std::string text(const Action& a) {
  return fmt::format("\t{{ \"{}\", {}, {}, {}, {}, {}, {} }},\n",
                     a.name,
                     a.call,
                     a.at,
                     a.length,
                     a.fill,
                     a.times,
                     a.then);
}

/// What the initial state says of cells.
class Cells {
 public:
  explicit Cells(const SavedValues& values) : values_(values) {}

  template <typename... Indexes>
  [[nodiscard]] std::string operator()(const char* name, Indexes... indexes) const {
    const auto found = values_.find(fmt::format(fmt::runtime(name), indexes...));
    return found == values_.end() ? "" : found->second;
  }

  template <typename... Indexes>
  [[nodiscard]] bool is(const char* name, Indexes... indexes) const {
    return (*this)(name, indexes...) == "yes";
  }

  /// How many cells there are of a name with one index left out, the last.
  [[nodiscard]] int count(const char* name) const {
    int n = 0;
    while (values_.contains(fmt::format(fmt::runtime(name), n)))
      ++n;
    return n;
  }

 private:
  const SavedValues& values_;
};

/// The byte that stands for a value of the model: data from the start is "old", or "old1" where
/// blocks move and it must be told from which one it came.
std::string byte_of(const std::string& value) {
  const std::string old = "old";
  if (!value.starts_with(old)) return "0";
  const int block = value == old ? 0 : std::stoi(value.substr(old.size()));
  return fmt::format("'{}'", static_cast<char>('o' + block));
}

// --- The file at the beginning ---------------------------------------------------------------

class Beginning {
 public:
  Beginning(const Geometry& geometry, const SavedValues& initial)
      : geometry_(geometry), is_(initial) {}

  std::vector<Action> actions() {
    size_ = std::stoi("0" + is_("inode.size"));
    actions_.push_back({"the size", "TRUNCATE", geometry_.begin_of(size_)});
    const bool are_shared = any_is("extent[{}].shared");
    if (geometry_.before() > 0) {
      actions_.push_back({"a block before it", "WRITE_DIRECT", 0, geometry_.before(), "'o'"});
      if (!are_shared) actions_.push_back({"a clone shares that", "CLONE"});
    }
    reserve_runs();
    for (int b = 0; b < geometry_.blocks(); ++b)
      put_block(b);
    if (are_shared) actions_.push_back({"a clone shares the blocks", "CLONE"});
    actions_.push_back({"all of that is on disk", sync});
    if (geometry_.before() > 0)
      actions_.push_back({"the block before it is to be copied, and room for more is reserved",
                          "WRITE",
                          0,
                          geometry_.before(),
                          "'o'"});
    for (int f = 0; f < geometry_.folios(); ++f)
      if (is_.is("folio[{}].present", f)) cache_folio(f);
    return actions_;
  }

  /// What a read of the segment finds.
  [[nodiscard]] std::string content(int segment) const {
    const int per_block = geometry_.segments_per_block();
    const int block = segment / per_block;
    const int folio = block / geometry_.blocks_per_folio();
    const int in_folio = segment - folio * geometry_.blocks_per_folio() * per_block;
    if (segment >= size_) return "0";
    if (is_.is("folio[{}].present", folio) &&
        is_.is("folio[{}].uptodate[{}]", folio, block % geometry_.blocks_per_folio()))
      return byte_of(is_("folio[{}].data[{}]", folio, in_folio));
    return below(segment);
  }

  [[nodiscard]] int size() const { return size_; }

 private:
  [[nodiscard]] bool any_is(const char* name) const {
    for (int b = 0; b < geometry_.blocks(); ++b)
      if (is_.is(name, b)) return true;
    return false;
  }

  [[nodiscard]] std::string on_disk(int block, int segment) const {
    return byte_of(is_("disk[{}][{}]", block, segment)); // Where each block is at first.
  }

  /// What a read finds if nothing is cached.
  [[nodiscard]] std::string below(int segment) const {
    const int per_block = geometry_.segments_per_block();
    const int block = segment / per_block;
    return is_("extent[{}]", block) == "mapped" ? on_disk(block, segment % per_block) : "0";
  }

  [[nodiscard]] bool has_space(int block) const {
    const std::string extent = is_("extent[{}]", block);
    return extent == "unwritten" || extent == "mapped";
  }

  /// Blocks that are neighbours in the file are neighbours on the disk, so that one mapping covers
  /// them: they get their space at once.
  void reserve_runs() {
    for (int b = 0; b < geometry_.blocks(); ++b) {
      int end = b;
      while (end < geometry_.blocks() && has_space(end))
        ++end;
      if (end < b + 2) continue;
      actions_.push_back({fmt::format("blocks {} to {} are neighbours", b, end - 1),
                          "PREALLOCATE",
                          geometry_.begin_of(b * geometry_.segments_per_block()),
                          (end - b) * geometry_.block_bytes()});
      b = end;
    }
  }

  void put_block(int block) {
    const int first = block * geometry_.segments_per_block();
    const std::string extent = is_("extent[{}]", block);
    const bool is_in_run = (block > 0 && has_space(block - 1)) ||
                           (block + 1 < geometry_.blocks() && has_space(block + 1));
    if (extent == "unwritten" && !is_in_run)
      actions_.push_back({fmt::format("block {} is unwritten", block),
                          "PREALLOCATE",
                          geometry_.begin_of(first),
                          geometry_.block_bytes()});
    if (extent != "mapped") return;
    for (int s = 0; s < geometry_.segments_per_block() && first + s < size_; ++s)
      actions_.push_back({fmt::format("data of block {}", block),
                          "WRITE_DIRECT",
                          geometry_.begin_of(first + s),
                          geometry_.begin_of(first + s + 1) - geometry_.begin_of(first + s),
                          on_disk(block, s)});
  }

  /// A dirty block is written where it differs from what is below, or all of it if nothing does; a
  /// clean one is read.
  void cache_folio(int folio) {
    for (int i = 0; i < geometry_.blocks_per_folio(); ++i) {
      const int block = folio * geometry_.blocks_per_folio() + i;
      const int first = block * geometry_.segments_per_block();
      if (block >= geometry_.blocks() || first >= size_) continue;
      if (!is_.is("folio[{}].block_dirty[{}]", folio, i)) {
        actions_.push_back({fmt::format("block {} is in the cache", block),
                            "READ",
                            geometry_.begin_of(first),
                            geometry_.block_bytes()});
        continue;
      }
      const int end = std::min(first + geometry_.segments_per_block(), size_);
      bool is_new = false;
      for (int s = first; s < end; ++s)
        is_new |= content(s) != below(s);
      for (int s = first; s < end; ++s)
        if (!is_new || content(s) != below(s))
          actions_.push_back({fmt::format("block {} is dirty", block),
                              "WRITE",
                              geometry_.begin_of(s),
                              geometry_.begin_of(s + 1) - geometry_.begin_of(s),
                              content(s)});
    }
  }

  const Geometry& geometry_;
  Cells is_;
  int size_ = 0;
  std::vector<Action> actions_;
};

// --- What each process does -------------------------------------------------------------------

int option(const SavedProcess& process, const std::string& name, int otherwise) {
  const auto found = process.options.find(name);
  return name.empty() || found == process.options.end() ? otherwise : found->second;
}

const Program& program_of(const SavedProcess& process, const Programs& programs) {
  const auto found = programs.find(process.path);
  if (found == programs.end())
    throw Refusal(fmt::format("{}: no program runs the path {}", process.name, process.path));
  return found->second;
}

Action action_of(const SavedProcess& process,
                 const Program& program,
                 const Geometry& geometry,
                 int size,
                 std::size_t number) {
  for (const auto& [name, value] : program.only)
    if (option(process, name, value) != value)
      throw Refusal(fmt::format("{}: no program runs {} with {} {}",
                                process.name,
                                process.path,
                                name,
                                option(process, name, value)));
  Action action{process.name, program.call};
  for (const auto& [name, call] : program.instead)
    if (option(process, name, 0) != 0) action.call = call;
  action.fill = fmt::format("'{}'", static_cast<char>('A' + number % 26));
  action.times = std::max(1, option(process, program.times, 1));
  if (action.times > times_max)
    throw Refusal(fmt::format("{}: no program does it {} times", process.name, action.times));
  if (!program.block.empty()) {
    action.at =
        geometry.begin_of(option(process, program.block, 0) * geometry.segments_per_block());
    action.length = geometry.block_bytes();
    return action;
  }
  int at = option(process, program.at, 0);
  const int length = !program.part.empty()    ? option(process, program.part, 0)
                     : program.length.empty() ? 1
                                              : option(process, program.length, 1);
  // Of a folio of one block, any part asks for the block.
  const bool is_all_of_folio = length == 0 && geometry.blocks_per_folio() > 1;
  const int per_folio = geometry.blocks_per_folio() * geometry.segments_per_block();
  if (is_all_of_folio) at -= at % per_folio;
  int end = at + (is_all_of_folio ? per_folio : std::max(1, length));
  if (!program.behind.empty() && at == size) {
    action.call = program.behind;
    at = end++;
  }
  action.at = geometry.begin_of(at);
  action.length = geometry.begin_of(end) - action.at;
  if (program.call == "RECLAIM")
    action.length = geometry.before() + geometry.folios() * folio_bytes;
  if (!program.folios.empty()) {
    action.at -= action.at % folio_bytes;
    action.length = option(process, program.folios, 1) * folio_bytes;
  }
  if (const int then = option(process, program.then, -1); then >= 0) {
    action.times = 2;
    action.then = geometry.begin_of(then);
  }
  return action;
}

void refuse_failing_devices(const SavedValues& initial) {
  const Cells cells(initial);
  for (const char* errors : {"device.read_errors", "device.write_errors", "file.map_errors"})
    if (const std::string count = cells(errors); !count.empty() && count != "0")
      throw Refusal(fmt::format("no program lets the device fail: {} is {}", errors, count));
}

/// A file has room for what is written behind its blocks, too.
int last_segment(const SavedTrace& trace, const Geometry& geometry) {
  int last = geometry.segments();
  for (const SavedProcess& process : trace.processes)
    last = std::max({last,
                     option(process, "at", 0) + option(process, "segments", 0),
                     option(process, "to", 0),
                     option(process, "then", 0)});
  return last + geometry.segments_per_block(); // One may be inserted.
}

} // namespace

Geometry::Geometry(const SavedValues& initial) {
  const Cells cells(initial);
  blocks_ = cells.count("extent[{}]");
  segments_per_block_ = cells.count("disk[0][{}]");
  blocks_per_folio_ = std::max(1, cells.count("folio[0].uptodate[{}]"));
  if (blocks_ == 0 || segments_per_block_ == 0)
    throw Refusal("the trace is not about a file of XFS: there are no extents");
  if (blocks_per_folio_ != 1 && blocks_per_folio_ != 2 && blocks_per_folio_ != 4)
    throw Refusal(fmt::format("no file system has {} blocks in a folio", blocks_per_folio_));
  for (int b = 0; b < blocks_; ++b)
    if (cells("cow[{}]", b) == "delalloc" && !cells.is("extent[{}].shared", b))
      before_ = folio_bytes;
}

int Geometry::begin_of(int segment) const {
  constexpr int sector = 512;
  const int block = segment / segments_per_block_;
  const int in_block = segment % segments_per_block_ * block_bytes() / segments_per_block_;
  return before_ + block * block_bytes() + (in_block + sector - 1) / sector * sector;
}

Programs read_programs(const std::string& name, std::string_view text) {
  Programs programs;
  try {
    const auto file = report::parse_json(text);
    for (const auto& [path, entry] : file.items()) {
      if (!entry.is_object()) continue;
      Program program{entry.at("call").get<std::string>()};
      for (const auto& [key, to] : {std::pair{"at", &program.at},
                                    {"length", &program.length},
                                    {"part", &program.part},
                                    {"times", &program.times},
                                    {"block", &program.block},
                                    {"folios", &program.folios},
                                    {"then", &program.then},
                                    {"behind", &program.behind}})
        if (entry.contains(key)) *to = entry.at(key).get<std::string>();
      if (entry.contains("instead"))
        program.instead = entry.at("instead").get<std::map<std::string, std::string>>();
      if (entry.contains("only")) program.only = entry.at("only").get<std::map<std::string, int>>();
      program.note = entry.value("note", "");
      programs[path] = program;
    }
  } catch (const report::JsonError& error) {
    throw Refusal(fmt::format("{}:{}", name, error.what()));
  } catch (const nlohmann::json::exception& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  }
  return programs;
}

std::vector<std::string> notes_on(const SavedTrace& trace, const Programs& programs) {
  std::vector<std::string> notes;
  for (const SavedProcess& process : trace.processes) {
    const auto found = programs.find(process.path);
    if (found == programs.end() || found->second.note.empty()) continue;
    const std::string note = process.path + ": " + found->second.note;
    if (std::ranges::find(notes, note) == notes.end()) notes.push_back(note);
  }
  return notes;
}

std::string play(const std::string& name,
                 const SavedTrace& trace,
                 const Programs& programs,
                 const std::vector<std::string>& looks) {
  if (!trace.initial || trace.processes.empty())
    throw Refusal("the trace is of an older version: save it again");
  const Geometry geometry(*trace.initial);
  refuse_failing_devices(*trace.initial);
  const int segments = last_segment(trace, geometry);
  if (segments > segments_max)
    throw Refusal(fmt::format("the file has {} segments, at most {} fit", segments, segments_max));
  Beginning beginning(geometry, *trace.initial);
  const std::vector<Action> actions = beginning.actions();

  std::string result =
      fmt::format("#define NAME \"{}\"\n#define SEGMENTS {}\n#define LOOKS ({})\n\n"
                  "/* Where each segment begins, in bytes, and the last one ends. */\n"
                  "static const int begin_of[] = {{",
                  name,
                  segments,
                  fmt::join(looks, " | "));
  for (int s = 0; s <= segments; ++s)
    result += fmt::format(" {},", geometry.begin_of(s));
  result += fmt::format(" }};\n\n/* The file at the beginning: size and data. */\n"
                        "static const struct content at_first = {{ {}, {{",
                        geometry.begin_of(beginning.size()));
  for (int s = 0; s < geometry.segments(); ++s)
    result += fmt::format(" {},", beginning.content(s));
  result += " } };\n\n/* How it is made: name, call, offset, length, byte, times, next size. */\n"
            "static const struct action beginning[] = {\n";
  for (const Action& action : actions)
    result += text(action);
  result += "};\n\n/* What runs at once. */\nstatic const struct action processes[] = {\n";
  std::size_t number = 0;
  for (const SavedProcess& process : trace.processes)
    if (const Program& program = program_of(process, programs); !program.call.empty())
      result += text(action_of(process, program, geometry, beginning.size(), number++));
  return result + "};\n";
}

} // namespace stalemate::reproduce
