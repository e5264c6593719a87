#pragma once

#include "checker/builder/declare.hpp"
#include "model/swap/layout/setup.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::swap {

/// zswap: pages that are compressed in memory instead of written to their slot. An entry is known
/// by its number, as the kernel knows it by its address.
struct Zswap {
  build::Array tree;      ///< By slot: 0, or 1 + the entry that has its page.
  build::Array refs;      ///< By entry: the tree's reference and those of users; 0: it is free.
  build::Array slot;      ///< By entry: swpentry.
  build::Array data;      ///< By entry: what the compressed page holds.
  build::Array on_lru;    ///< By entry: the shrinker can find it.
  build::Place failures;  ///< Pages that may still be refused although there is room.
  build::Place tree_gone; ///< swapoff has freed the tree of its area.
  int entries;

  [[nodiscard]] build::Expr has(const build::Expr& at) const { return tree[at] != 0; }
  [[nodiscard]] build::Expr is_for(const build::Expr& at, const build::Expr& entry) const {
    return tree[at] == entry + 1;
  }
  /// The entry of a slot that has one.
  [[nodiscard]] build::Expr entry_of(const build::Expr& at) const {
    return build::max(tree[at] - 1, 0);
  }
  [[nodiscard]] build::Expr is_full() const {
    return build::for_all(entries, [&](int e) { return refs[e] != 0; });
  }
  /// Drops a reference, if the condition is true; the last one frees the entry.
  [[nodiscard]] build::Effect put_if(const build::Expr& condition, const build::Expr& entry) const;
  [[nodiscard]] build::Effect put(const build::Expr& entry) const { return put_if(true, entry); }
  /// Takes what the slot has out of the tree, if it has something and the condition is true.
  [[nodiscard]] build::Effect erase_if(const build::Expr& condition, const build::Expr& at) const;
  [[nodiscard]] build::Effect erase(const build::Expr& at) const { return erase_if(true, at); }
  /// Stores a page as this entry, which is free.
  [[nodiscard]] build::Effect
  insert(int entry, const build::Expr& at, const build::Expr& content) const;
};

/// Entries of pages that are in zswap at the start: numbered like these pages.
[[nodiscard]] Zswap declare_zswap(build::Model& model,
                                  const Setup& setup,
                                  int slots,
                                  const std::vector<std::string>& contents);

} // namespace stalemate::kernel::swap
