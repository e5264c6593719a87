#include "cli/selection.hpp"

#include "cli/names_in.hpp"
#include "cli/written.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/json_text.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <system_error>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;
using kernel::InputError;

bool is_there(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    if (comma > at) parts.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return parts;
}

bool is_scenario_file(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(".json") && !name.ends_with(".schema.json");
}

// A file of the library that cannot be read has no id; whoever names the file is told why.
std::string id_in(const std::string& path) {
  try {
    const auto json = kernel::parse_json(kernel::read_text(path, kernel::json_bytes_max));
    if (json.root.is_object() && json.root.contains("id") && json.root["id"].is_string())
      return json.root["id"].get<std::string>();
  } catch (const kernel::MalformedJson&) {
  } catch (const InputError&) {
  }
  return "";
}

// A saved trace, which is no scenario, is often called like the scenario that it is of.
bool is_trace(const std::string& path) {
  try {
    const auto json = kernel::parse_json(kernel::read_text(path, kernel::json_bytes_max));
    return json.root.is_object() && json.root.contains("format") && !json.root.contains("id");
  } catch (const kernel::MalformedJson&) {
  } catch (const InputError&) {
  }
  return false;
}

bool is_name(const std::string& word) {
  constexpr std::size_t size_max = 60; // Longer ones are a mistake of another kind.
  return !word.empty() && word.size() <= size_max && std::ranges::all_of(word, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-';
  });
}

std::string file_of_id(const std::string& id) {
  const std::string folder = library_folder();
  std::vector<std::string> ids;
  if (folder.empty()) return "";
  std::vector<std::string> files = files_below(folder);
  // Most files are called like their scenario, which saves reading the others.
  std::ranges::stable_partition(files, [&](const std::string& file) {
    return fs::path(file).filename().string().starts_with(id + "-");
  });
  for (const std::string& file : files) {
    ids.push_back(id_in(file));
    if (ids.back() == id) return file;
  }
  std::ranges::sort(ids);
  throw InputError(fmt::format("{}: no such file, and {}",
                               kernel::printable(id, 300),
                               kernel::unknown("scenario", id, ids)));
}

// All scenarios below a folder, but not behind links to folders.
void add_scenario_files(const fs::path& folder, std::vector<std::string>& files) {
  for (const std::string& name : names_in(folder.string())) {
    const fs::path path = folder / name;
    const fs::file_status status = fs::symlink_status(path);
    if (fs::is_directory(status))
      add_scenario_files(path, files);
    else if (is_scenario_file(path) && why_no_scenario(path.string()).empty())
      files.push_back(path.lexically_normal().string());
  }
}

} // namespace

bool is_like_pattern(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() != '*')
    return !text.empty() && pattern.front() == text.front() &&
           is_like_pattern(pattern.substr(1), text.substr(1));
  for (std::size_t skipped = 0; skipped <= text.size(); ++skipped)
    if (is_like_pattern(pattern.substr(1), text.substr(skipped))) return true;
  return false;
}

bool Selection::has(const std::string& variant) const {
  return variants.empty() || std::ranges::any_of(variants, [&](const std::string& pattern) {
           return is_like_pattern(pattern, variant);
         });
}

std::string library_folder() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
  if (const char* told = std::getenv("STALEMATE_SCENARIOS"); told != nullptr && *told != '\0')
    return told;
  std::error_code error;
  fs::path above;
  const fs::path here = fs::current_path(error);
  for (auto at = here; !error; at = at.parent_path()) {
    // A folder of that name that holds something else is none of ours.
    if (is_there((at / "scenarios" / "scenario.schema.json").string()))
      return (above / "scenarios").string();
    if (at == at.parent_path()) break;
    above /= "..";
  }
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return "";
  const fs::path installed = program.parent_path() / STALEMATE_SCENARIOS_FROM_PROGRAM;
  if (is_folder(installed)) return installed.lexically_normal().string();
  // One that was built and not installed lies in its checkout.
  for (fs::path at = program.parent_path(); at != at.parent_path(); at = at.parent_path())
    if (is_there((at / "scenarios" / "scenario.schema.json").string()))
      return (at / "scenarios").string();
  return "";
}

std::string in_library(const std::string& path) {
  const fs::path name = fs::path(path).lexically_normal();
  if (name.empty() || *name.begin() != "scenarios" || is_there(path)) return path;
  const std::string library = library_folder();
  if (library.empty()) return path;
  fs::path there = library;
  for (auto part = std::next(name.begin()); part != name.end(); ++part)
    there /= *part;
  return is_there(there.string()) ? there.string() : path;
}

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  try {
    add_scenario_files(folder, files);
  } catch (const std::system_error& error) {
    throw InputError(fmt::format(
        "{}: cannot read the folder: {}", kernel::printable(folder, 300), error.code().message()));
  }
  std::ranges::sort(files);
  return files;
}

Selection selection_of(const std::string& argument) {
  const auto hash = argument.rfind('#');
  Selection selection{argument, {}};
  if (hash != std::string::npos && !is_there(argument))
    selection = {argument.substr(0, hash), parts_of(argument.substr(hash + 1))};
  std::string& path = selection.path;
  if (path == "/dev/stdin") path = "-";
  path = in_library(path);
  if (path == "-" || is_there(path)) return selection;
  if (is_there(path + ".json") && !is_trace(path + ".json"))
    path += ".json";
  else if (is_name(path) && !path.ends_with(".json"))
    if (const std::string file = file_of_id(path); !file.empty()) path = file;
  return selection;
}

} // namespace stalemate::cli
