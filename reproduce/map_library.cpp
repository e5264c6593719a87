#include "reproduce/map_library.hpp"

#include "reproduce/folder.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace stalemate::reproduce {

namespace fs = std::filesystem;

namespace {

std::string folder_of(Carrier carrier) {
  return carrier == Carrier::hooks ? "kernel_map/built" : "kernel_map";
}

/// "v6.18" is newer than "v6.2".
std::pair<int, int> number_of(const std::string& version) {
  const auto dot = version.find('.');
  if (dot == std::string::npos) return {};
  return {std::atoi(version.c_str() + 1), std::atoi(version.c_str() + dot + 1)};
}

/// By its name below kernel_map/, without the ending.
KernelMap map_named(const std::string& kit, const std::string& name) {
  const std::string file = fmt::format("kernel_map/{}.json", name);
  return read_kernel_map(
      file, kit_text(kit, file), [&](const std::string& other) { return map_named(kit, other); });
}

} // namespace

std::vector<std::string> mapped_versions(const std::string& kit, Carrier carrier) {
  std::vector<std::string> versions;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(kit) / folder_of(carrier), error))
    if (entry.path().extension() == ".json") versions.push_back(entry.path().stem().string());
  std::ranges::sort(versions, {}, number_of);
  return versions;
}

KernelMap kernel_map_of(const std::string& kit, Carrier carrier, const std::string& version) {
  const auto versions = mapped_versions(kit, carrier);
  if (std::ranges::find(versions, version) == versions.end())
    throw Refusal(fmt::format(
        "there is no map of the functions of {}, only of {}", version, fmt::join(versions, ", ")));
  return map_named(kit, carrier == Carrier::hooks ? "built/" + version : version);
}

} // namespace stalemate::reproduce
