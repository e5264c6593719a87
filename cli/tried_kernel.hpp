// The kernel that a counterexample is tried on: an image with modules, or a tree that is built.
#pragma once

#include "reproduce/kernel_map.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace stalemate::cli {

struct KernelOptions {
  std::string image;
  std::string source;       ///< The tree; empty: there is an image.
  std::string source_build; ///< Where that is built.
};

/// Adds --kernel, --source and --source-build.
void add_kernel_options(CLI::App& command, KernelOptions& options);

struct TriedKernel {
  std::string text;    ///< How it is called in the answer.
  std::string version; ///< "v6.1"
  reproduce::KernelMap map;
};

/// Throws UsageError or reproduce::Refusal. `kit` is the folder `reproduce`; a dry run needs no
/// image.
[[nodiscard]] TriedKernel
tried_kernel(const KernelOptions& options, const std::string& kit, bool is_dry);

/// What is run, after a build where that is needed. Says on stderr how far that is.
[[nodiscard]] std::string
image_of(const KernelOptions& options, const TriedKernel& kernel, const std::string& kit);

} // namespace stalemate::cli
