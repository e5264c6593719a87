#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/geometry.hpp"

namespace stalemate::kernel::iomap {

/// The page table entry that maps a folio into the one process that maps the file.
enum class Pte : std::uint8_t { none, read_only, writable };

/// struct folio and struct iomap_folio_state, one row per index of the page cache.
///
/// A folio that is not present has no other property; its row is reset when it leaves the cache,
/// and its data is what a newly allocated page happens to hold.
struct FolioTable {
  build::Array lock, present, dirty, writeback, pte, refs, pending;
  build::Array uptodate, block_dirty; ///< Tables: folio, block in the folio.
  build::Array data;                  ///< Table: folio, segment in the folio.
  int processes;
  int count;

  struct Row {
    build::Lock lock;
    build::Place present, dirty, writeback, pte;
    build::Place refs;                  ///< References that someone holds without the folio lock.
    build::Place pending;               ///< ifs->write_bytes_pending, in blocks, plus the bias.
    build::Array uptodate, block_dirty; ///< By block in the folio.
    build::Array data;                  ///< By segment in the folio.

    [[nodiscard]] build::Expr all_uptodate() const {
      return build::for_all(uptodate.size(), [&](int k) { return uptodate[k]; });
    }

    /// __remove_mapping(): the folio leaves the cache, with everything known about it.
    [[nodiscard]] build::Effect remove() const;
    /// try_to_unmap(): it leaves the page table.
    [[nodiscard]] build::Effect unmap() const { return pte = Pte::none; }
  };

  Row operator[](const build::Expr& index) const {
    return {{lock[index], processes},
            present[index],
            dirty[index],
            writeback[index],
            pte[index],
            refs[index],
            pending[index],
            uptodate.row(index),
            block_dirty.row(index),
            data.row(index)};
  }
};

[[nodiscard]] FolioTable declare_folios(build::Model& model,
                                        const Geometry& geometry,
                                        const FileLayout& file,
                                        const Tags& tags,
                                        const std::vector<std::vector<int>>& cached_data);

} // namespace stalemate::kernel::iomap
