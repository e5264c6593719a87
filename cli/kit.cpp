#include "cli/kit.hpp"

#include "cli/selection.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace stalemate::cli {

namespace fs = std::filesystem;

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

fs::path headers_of(const std::string& image) {
  const std::string version =
      fs::path(image).filename().string().substr(std::string("vmlinuz-").size());
  return fs::absolute(image).parent_path().parent_path() / "lib/modules" / version / "build";
}

std::string kit_folder() {
  return (fs::path(library_folder()).parent_path() / "reproduce").string();
}

} // namespace stalemate::cli
