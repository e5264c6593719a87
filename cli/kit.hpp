// What it takes to run a program on a kernel: an image, and the folder `reproduce` of the program.
#pragma once

#include <filesystem>
#include <string>

namespace stalemate::cli {

/// The newest one that is installed and of a version with a map; with headers if there is one.
/// Throws UsageError.
[[nodiscard]] std::string installed_kernel();

/// "v6.1" of /boot/vmlinuz-6.1.0-57-cloud-amd64. Throws UsageError.
[[nodiscard]] std::string version_of_image(const std::string& image);

/// What its modules are built against.
[[nodiscard]] std::filesystem::path headers_of(const std::string& image);

/// The folder beside that of the scenarios.
[[nodiscard]] std::string kit_folder();

} // namespace stalemate::cli
