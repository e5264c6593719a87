#pragma once

#include "model/scenario/read_scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// Every scenario file that comes with the program, sorted by its path. Reading them takes longer
/// than many a test with them, so that it is done once.
inline const std::vector<ScenarioFile>& library() {
  static const std::vector<ScenarioFile> files = [] {
    std::vector<std::string> paths;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(STALEMATE_SOURCE_DIR "/scenarios")) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".json") && !name.ends_with(".schema.json"))
        paths.push_back(entry.path().string());
    }
    std::ranges::sort(paths);
    std::vector<ScenarioFile> all;
    for (const std::string& path : paths)
      all.push_back(read_scenario_file(path));
    return all;
  }();
  return files;
}

} // namespace stalemate::kernel
