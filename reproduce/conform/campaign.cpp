#include "reproduce/conform/campaign.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace stalemate::reproduce {

namespace {

std::string points(const Sightings& sightings, const KernelMap& map) {
  std::string text;
  for (const std::string& function : watched_functions(sightings, map))
    text += fmt::format("point {}{}\n",
                        function,
                        std::ranges::find(sightings.takes_mapping, function) ==
                                sightings.takes_mapping.end()
                            ? ""
                            : " mapping");
  for (const Worker& worker : map.workers)
    text += fmt::format("worker {} {}\n", worker.function, worker.path);
  for (const RoleOfWorker& worker : sightings.workers)
    text += fmt::format("worker {} {}\n", worker.function, worker.role);
  return text;
}

} // namespace

std::vector<File> campaign_files(const std::vector<Play>& plays,
                                 const Sightings& sightings,
                                 const KernelMap& map,
                                 const Boot& boot,
                                 const std::string& kit) {
  std::vector<File> files = guest_files(kit);
  std::set<int> sizes;
  for (const Play& play : plays) {
    files.push_back({fmt::format("plays/{}/play.h", play.name), play.data});
    files.push_back(
        {fmt::format("plays/{}/job", play.name), fmt::format("BLOCK={}\n", play.block_bytes)});
    sizes.insert(play.block_bytes);
  }
  files.push_back({"schedule", points(sightings, map)});
  files.push_back({"job",
                   fmt::format("RUNS={}\nJITTER={}\nSEED={}\nCPUS={}\nBLOCKS=\"{}\"\nLIMIT={}\n",
                               boot.runs,
                               boot.jitter_us,
                               boot.seed,
                               boot.cpus,
                               fmt::join(sizes, " "),
                               600 + 20 * boot.runs * static_cast<int>(plays.size()))});
  files.push_back({"campaign", kit_text(kit, "guest/campaign")});
  return files;
}

} // namespace stalemate::reproduce
