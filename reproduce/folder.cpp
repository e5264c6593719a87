#include "reproduce/folder.hpp"

#include "reproduce/play.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace stalemate::reproduce {

namespace fs = std::filesystem;

namespace {

std::string job(const Geometry& geometry, const Runs& runs) {
  return fmt::format("RUNS={}\nFREE_RUNS={}\nSPREAD={}\nBLOCK={}\nFORCED=\"{}\"\n",
                     runs.gated,
                     runs.free,
                     runs.spread_us,
                     geometry.block_bytes(),
                     fmt::join(runs.forced, " "));
}

/// The name in #include "name"; empty if the line is none of those.
std::string included_by(const std::string& line) {
  const std::string begin = "#include \"";
  if (!line.starts_with(begin)) return "";
  return line.substr(begin.size(), line.find('"', begin.size()) - begin.size());
}

/// One licence for all of them is enough in one file.
std::string without_licence(const std::string& text) {
  return text.substr(text.find('\n') + 1);
}

/// What is forced must be watched, though the schedule may not need it.
std::string with_forced(std::string commands, const Runs& runs) {
  for (const std::string& force : runs.forced)
    commands.insert(0, fmt::format("point {}\n", force.substr(0, force.find('='))));
  return commands;
}

} // namespace

std::string kit_text(const std::string& kit, const std::string& name) {
  std::ifstream in(fs::path(kit) / name, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw Refusal(fmt::format("{}: cannot be read", (fs::path(kit) / name).string()));
  return text.str();
}

std::string stress_program(const std::string& race,
                           const std::map<std::string, std::string>& headers) {
  std::istringstream in(race);
  std::string result;
  bool is_for_gates = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "#ifdef GATES")
      is_for_gates = true;
    else if (is_for_gates && (line == "#endif" || line == "#else"))
      is_for_gates = false;
    else if (is_for_gates)
      continue;
    else if (const auto header = headers.find(included_by(line)); header != headers.end())
      result += header->second;
    else
      result += line + '\n';
  }
  return result;
}

std::vector<File> guest_files(const std::string& kit) {
  std::vector<File> files;
  for (const char* one : {"race.c",
                          "calls.h",
                          "orders.h",
                          "found.h",
                          "gates.h",
                          "symbols.c",
                          "qemu.sh",
                          "user-mode.sh"})
    files.push_back({one, kit_text(kit, fmt::format("guest/{}", one))});
  for (const char* one : {"init", "run.sh"})
    files.push_back({one, kit_text(kit, fmt::format("guest/{}", one)), true});
  for (const char* one :
       {"gate/Makefile", "gate/gate.c", "gate/gate.h", "gate/ftrace.c", "gate/thunk.S"})
    files.push_back({one, kit_text(kit, one)});
  return files;
}

std::vector<File> files_of(const std::string& name,
                           const report::SavedTrace& trace,
                           const std::vector<std::string>& looks,
                           const Schedule& schedule,
                           const KernelMap& map,
                           const Runs& runs,
                           const std::string& kit) {
  const Programs programs = read_programs("programs.json", kit_text(kit, "programs.json"));
  std::vector<File> files = guest_files(kit);
  const std::string data = play(name, trace, programs, looks);
  std::map<std::string, std::string> headers{{"play.h", data}};
  for (const File& file : files)
    if (file.name.ends_with(".h")) headers[file.name] = without_licence(file.text);
  const auto race = std::ranges::find(files, "race.c", &File::name);
  const std::string stress = stress_program(race->text, headers);
  files.push_back({"stress.c", stress});
  files.push_back({"play.h", data});
  files.push_back({"schedule", with_forced(gate_commands(schedule, map), runs)});
  files.push_back({"schedule.txt", trace.title + "\n\n" + explained(trace, schedule)});
  files.push_back({"job", job(Geometry(*trace.initial), runs)});
  return files;
}

void write_files(const std::vector<File>& files, const std::string& folder) {
  for (const File& file : files) {
    const fs::path path = fs::path(folder) / file.name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << file.text;
    out.close();
    if (!out) throw Refusal(fmt::format("{}: cannot be written", path.string()));
    if (file.is_program) fs::permissions(path, fs::perms::owner_all, fs::perm_options::add, error);
  }
}

} // namespace stalemate::reproduce
