#include "cli/kit.hpp"

#include "cli/selection.hpp"
#include "reproduce/folder.hpp"

#include <filesystem>

namespace stalemate::cli {

namespace fs = std::filesystem;

Kit kit_of(const KernelOptions& kernel, bool is_dry) {
  Kit kit;
  // Beside that of the scenarios.
  kit.folder = (fs::path(library_folder()).parent_path() / "reproduce").string();
  kit.kernel = tried_kernel(kernel, kit.folder, is_dry);
  kit.oracles =
      reproduce::read_oracles("oracles.json", reproduce::kit_text(kit.folder, "oracles.json"));
  kit.programs =
      reproduce::read_programs("programs.json", reproduce::kit_text(kit.folder, "programs.json"));
  return kit;
}

} // namespace stalemate::cli
