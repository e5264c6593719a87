// A kernel tree that a user has: of which version it is, and which of its objects define the
// functions that gates are at.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace stalemate::reproduce {

class SourceTree {
 public:
  /// Throws Refusal if there is no kernel tree, or one that cannot be built out of place.
  explicit SourceTree(const std::string& folder);

  /// Absolute.
  [[nodiscard]] const std::string& folder() const { return folder_; }
  /// "v6.18", as `list kernels` calls it.
  [[nodiscard]] const std::string& version() const { return version_; }
  /// "6.18.35".
  [[nodiscard]] const std::string& release() const { return release_; }

  /// What Kbuild calls the objects, without their folders and endings: "buffered-io". Throws
  /// Refusal if the tree defines none of the functions.
  [[nodiscard]] std::vector<std::string> objects_of(const std::set<std::string>& functions) const;

 private:
  std::string folder_;
  std::string version_;
  std::string release_;
};

} // namespace stalemate::reproduce
