#include "cli/tried_kernel.hpp"

#include "checker/outside/command.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "reproduce/map_library.hpp"
#include "reproduce/refusal.hpp"
#include "reproduce/source_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iostream>
#include <system_error>
#include <thread>
#include <vector>

namespace stalemate::cli {

namespace fs = std::filesystem;

namespace {

// --- An image --------------------------------------------------------------------------------

// What modules of this kernel are built against.
fs::path headers_of(const std::string& image) {
  const std::string version =
      fs::path(image).filename().string().substr(std::string("vmlinuz-").size());
  return fs::absolute(image).parent_path().parent_path() / "lib/modules" / version / "build";
}

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
                     "linux-image-cloud-amd64, or say --kernel IMAGE or --source DIR");
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

// --- A tree ----------------------------------------------------------------------------------

// One folder for each tree, called like it, so that the next time there is little to do.
std::string build_folder(const KernelOptions& options, const reproduce::SourceTree& tree) {
  if (!options.source_build.empty()) return fs::absolute(options.source_build).string();
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (cache == nullptr && home == nullptr)
    throw UsageError("there is no HOME to build in: say --source-build DIR");
  std::string name = tree.folder().substr(1);
  std::ranges::replace(name, '/', '-');
  const fs::path top = cache != nullptr ? fs::path(cache) : fs::path(home) / ".cache";
  return (top / "stalemate" / name).string();
}

std::ptrdiff_t compiled_files(const std::string& log) {
  std::ifstream in(log);
  std::ptrdiff_t count = 0;
  for (std::string line; std::getline(in, line);)
    count += line.starts_with("  CC ") ? 1 : 0;
  return count;
}

void need(std::initializer_list<const char*> programs) {
  for (const char* program : programs)
    if (!has_program(program))
      throw UsageError(fmt::format("{} is missing; `./dev reproduce` installs it", program));
}

std::string built(const KernelOptions& options, const TriedKernel& kernel, const std::string& kit) {
  using namespace std::chrono_literals;
  need({"gcc", "flex", "bison", "bc"});
  const reproduce::SourceTree tree(options.source);
  const std::string folder = build_folder(options, tree);
  const std::string log = folder + "/build.log";
  std::vector<std::string> words{
      "sh", (fs::absolute(kit) / "uml/build.sh").string(), tree.folder(), folder};
  for (const std::string& object : tree.objects_of(kernel.map.functions()))
    words.push_back(object);
  std::cerr << fmt::format(
      "stalemate: builds {} in {}, 5 to 10 minutes the first time\n", tree.folder(), folder);
  Command build(words, "/", 24 * 3600);
  for (auto since_said = 0s; !build.is_done(); since_said += 1s) {
    std::this_thread::sleep_for(1s);
    if (since_said < 30s) continue;
    std::cerr << fmt::format("stalemate: {} files compiled\n", compiled_files(log));
    since_said = 0s;
  }
  const Ran ran = build.result();
  if (ran.status == 0) return folder + "/linux";
  std::string what = ran.out.substr(0, ran.out.find('\n'));
  if (what.empty()) what = fmt::format("does not build; {} says why", log);
  throw UsageError(fmt::format("--source {}: {}", kernel::printable(options.source, 300), what));
}

} // namespace

void add_kernel_options(CLI::App& command, KernelOptions& options) {
  CLI::Option* image = command.add_option(
      "--kernel",
      options.image,
      "Its image, /boot/vmlinuz-VERSION, with /lib/modules/VERSION; the installed one if absent");
  image->type_name("IMAGE");
  CLI::Option* source = command.add_option(
      "--source",
      options.source,
      "A kernel tree: it is built for user mode with gates in it, out of place, and run. Inlined "
      "functions have gates there, and a run takes a fraction of a second");
  source->type_name("DIR")->excludes(image);
  command
      .add_option("--source-build",
                  options.source_build,
                  "Where it is built, and found the next time; a folder in ~/.cache/stalemate if "
                  "absent")
      ->type_name("DIR")
      ->needs(source);
}

namespace {

TriedKernel tried_tree(const std::string& folder, const std::string& kit) {
  const reproduce::SourceTree tree(folder);
  return {fmt::format("{} of {}, for user mode", tree.release(), tree.folder()),
          tree.version(),
          reproduce::kernel_map_of(kit, reproduce::Carrier::hooks, tree.version())};
}

TriedKernel tried_image(const std::string& image, const std::string& kit) {
  const std::string version = image.empty() ? "v6.1" : version_of_image(image);
  return {image.empty() ? version : image,
          version,
          reproduce::kernel_map_of(kit, reproduce::Carrier::module, version)};
}

} // namespace

TriedKernel tried_kernel(const KernelOptions& options, const std::string& kit, bool is_dry) {
  const bool is_tree = !options.source.empty();
  try {
    if (is_tree) return tried_tree(options.source, kit);
    return tried_image(options.image.empty() && !is_dry ? installed_kernel() : options.image, kit);
  } catch (const reproduce::Refusal& error) {
    throw UsageError(fmt::format("{} {}: {}",
                                 is_tree ? "--source" : "--kernel",
                                 kernel::printable(is_tree ? options.source : options.image, 300),
                                 error.what()));
  }
}

std::string
image_of(const KernelOptions& options, const TriedKernel& kernel, const std::string& kit) {
  need({"busybox", "cpio", "cc", "make"});
  if (!options.source.empty()) return built(options, kernel, kit);
  need({"qemu-system-x86_64"});
  std::error_code error;
  if (const fs::path headers = headers_of(kernel.text); !fs::exists(headers, error))
    throw UsageError(fmt::format("{} is missing; `./dev reproduce` installs it", headers.string()));
  return fs::absolute(kernel.text).string();
}

} // namespace stalemate::cli
