#include "cli/with.hpp"

#include "checker/outside/library.hpp"
#include "model/extension/extension.hpp"
#include "model/extension/headers.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/read_scenario.hpp"

#include <cxxabi.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <system_error>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;
using kernel::InputError;

std::string shown(const std::string& file) {
  return kernel::printable(file, 300);
}

void check_readable(const std::string& file) {
  std::error_code error;
  if (fs::is_directory(file, error))
    throw InputError(shown(file) + ": is a folder; --with takes a C++ source file");
  if (!std::ifstream(file)) throw InputError(shown(file) + ": no such file, or not readable");
}

/// The folder with the headers. They must be those that this program was made of, or else it and
/// the file would not mean the same by a World.
std::string checked_headers() {
  const kernel::Headers& known = kernel::known_headers();
  const std::string folder = kernel::find_headers();
  if (folder.empty())
    throw InputError("stalemate: --with: the headers of stalemate are not around the program; "
                     "install them with it, or say in STALEMATE_INCLUDE in which folder they are");
  const std::string number = kernel::number_of(known.names, folder);
  if (number != known.number)
    throw InputError(fmt::format("stalemate: --with: the headers in {} are not those that this "
                                 "program was built with; rebuild it, or install both again",
                                 shown(folder)));
  return folder;
}

/// A statement that drops an effect has no effect, so it is refused as it is in the project. What
/// the file defines itself is what it calls, also if we have a function of the same name.
std::vector<std::string> flags(const std::string& headers) {
  return {"-std=c++20",
          "-O0",
          "-Wall",
          "-Werror=unused-result",
          "-Werror=unused-value",
          "-fmax-errors=10",
          "-fdiagnostics-color=never",
          "-Wl,-Bsymbolic-functions",
          "-DSTALEMATE_HEADERS=\"" + kernel::known_headers().number + "\"",
          "-isystem",
          headers};
}

/// The compiler takes what begins like this for something else.
std::string as_source(const std::string& file) {
  return file.starts_with('-') || file.starts_with('@') ? "./" + file : file;
}

/// "library.so: undefined symbol: _Z3foov" in words.
std::string loader_says(const std::string& problem) {
  constexpr std::string_view marker = "undefined symbol: ";
  const auto at = problem.find(marker);
  if (at == std::string::npos) return "cannot be loaded: " + problem;
  std::string symbol = problem.substr(at + marker.size());
  symbol = symbol.substr(0, symbol.find_first_of(" ,\n"));
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> plain(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  return fmt::format("uses {}, which neither it nor stalemate defines",
                     status == 0 ? plain.get() : symbol);
}

std::shared_ptr<Library> built(LibraryBuild& build, const std::string& file) {
  using enum LibraryBuild::Failure;
  std::shared_ptr<Library> library = build.result();
  std::cerr << build.remarks();
  switch (build.failure()) {
  case none:
    break;
  case not_started:
    throw InputError(
        fmt::format("stalemate: --with {}: cannot be compiled: {}", shown(file), build.problem()));
  case no_compiler:
    throw InputError(
        fmt::format("stalemate: --with {}: {}; install a C++20 compiler (Debian: g++), "
                    "or name one in CXX",
                    shown(file),
                    build.problem()));
  case refused:
    throw InputError(
        fmt::format("{}stalemate: --with {}: does not compile", build.problem(), shown(file)));
  case not_loaded:
    throw InputError(fmt::format("{}: {}", shown(file), loader_says(build.problem())));
  }
  return library;
}

kernel::Extension extension_of(const Library& library, const std::string& file) {
  const auto abi = library.function<const char* (*)()>("stalemate_extension_abi");
  const auto extend = library.function<void (*)(kernel::Extension&)>("stalemate_extend");
  if (abi == nullptr || extend == nullptr)
    throw InputError(fmt::format("{}: has no STALEMATE_EXTENSION(extension) {{ ... }} that adds "
                                 "something",
                                 shown(file)));
  const std::string ours =
      fmt::format("headers {}, {}", kernel::known_headers().number, STALEMATE_STANDARD_LIBRARY);
  if (abi() != ours)
    throw InputError(fmt::format("{}: was compiled against something else than this program: {}, "
                                 "not {}; rebuild",
                                 shown(file),
                                 kernel::printable(abi(), 200),
                                 ours));
  kernel::Extension extension(shown(file));
  try {
    extend(extension);
  } catch (const kernel::ExtensionError& error) {
    throw InputError(error.what());
  } catch (const std::exception& error) {
    throw InputError(fmt::format("{}: throws: {}", shown(file), error.what()));
  }
  if (extension.is_empty()) throw InputError(shown(file) + ": adds nothing");
  return extension;
}

} // namespace

void add_with_option(CLI::App& command, std::vector<std::string>& files) {
  command
      .add_option(
          "--with",
          files,
          "Compile this C++ file (seconds) and know the paths, knobs and properties that it "
          "adds; once per file. It runs the file's code, as no other option does")
      ->type_name("FILE.cpp")
      ->allow_extra_args(false);
}

void load_extensions(const std::vector<std::string>& files) {
  if (files.empty()) return;
  for (const std::string& file : files)
    check_readable(file);
  const std::string headers = checked_headers();
  std::vector<std::unique_ptr<LibraryBuild>> builds; // all at once
  builds.reserve(files.size());
  for (const std::string& file : files)
    builds.push_back(std::make_unique<LibraryBuild>(
        as_source(file), flags(headers), fs::current_path().string()));

  // The tables hold their code, so they stay for good.
  static auto& loaded = *new std::vector<std::shared_ptr<Library>>;
  std::vector<kernel::Extension> extensions;
  for (std::size_t i = 0; i < files.size(); ++i) {
    loaded.push_back(built(*builds[i], files[i]));
    extensions.push_back(extension_of(*loaded.back(), files[i]));
  }
  try {
    kernel::Extension::check_names(extensions);
  } catch (const kernel::ExtensionError& error) {
    throw InputError(error.what());
  }
}

} // namespace stalemate::cli
