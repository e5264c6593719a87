#include "cli/kit.hpp"

#include "cli/selection.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "reproduce/folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <vector>

namespace stalemate::cli {

namespace fs = std::filesystem;

namespace {

// The newest one that is installed and of a version with a map; with headers if there is one.
std::string installed_kernel() {
  std::vector<std::string> images;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/boot", error))
    if (entry.path().filename().string().starts_with("vmlinuz-6.1."))
      images.push_back(entry.path().string());
  if (const auto without = std::ranges::partition(
          images, [&](const std::string& image) { return fs::exists(headers_of(image), error); });
      without.begin() != images.begin())
    images.erase(without.begin(), images.end());
  if (images.empty())
    throw UsageError("no kernel to run: /boot/vmlinuz-6.1.* is missing; install "
                     "linux-image-cloud-amd64, or say --kernel IMAGE");
  return *std::ranges::max_element(images);
}

// "v6.1" of /boot/vmlinuz-6.1.0-57-cloud-amd64.
std::string version_of_image(const std::string& image) {
  const std::string name = fs::path(image).filename().string();
  const std::string prefix = "vmlinuz-";
  const auto dot = name.find('.');
  const auto end = dot == std::string::npos ? dot : name.find_first_not_of("0123456789", dot + 1);
  if (!name.starts_with(prefix) || dot == std::string::npos)
    throw UsageError(
        fmt::format("--kernel {}: is not called vmlinuz-VERSION", kernel::printable(image, 300)));
  return "v" + name.substr(prefix.size(), end - prefix.size());
}

// The folder beside that of the scenarios.
std::string kit_folder() {
  return (fs::path(library_folder()).parent_path() / "reproduce").string();
}

reproduce::KernelMap map_of(const std::string& kit, const std::string& version) {
  const std::string name = fmt::format("kernel_map/{}.json", version);
  if (!fs::exists(fs::path(kit) / name))
    throw UsageError(fmt::format("there is no map of the functions of {}: {} is missing",
                                 kernel::printable(version, 40),
                                 (fs::path(kit) / name).string()));
  return reproduce::read_kernel_map(name, reproduce::kit_text(kit, name));
}

} // namespace

fs::path headers_of(const std::string& image) {
  const std::string version =
      fs::path(image).filename().string().substr(std::string("vmlinuz-").size());
  return fs::absolute(image).parent_path().parent_path() / "lib/modules" / version / "build";
}

Kit kit_of(const std::string& kernel, bool is_dry) {
  Kit kit;
  kit.folder = kit_folder();
  kit.kernel = kernel.empty() && !is_dry ? installed_kernel() : kernel;
  kit.version = kit.kernel.empty() ? "v6.1" : version_of_image(kit.kernel);
  kit.map = map_of(kit.folder, kit.version);
  kit.oracles =
      reproduce::read_oracles("oracles.json", reproduce::kit_text(kit.folder, "oracles.json"));
  kit.programs =
      reproduce::read_programs("programs.json", reproduce::kit_text(kit.folder, "programs.json"));
  return kit;
}

} // namespace stalemate::cli
