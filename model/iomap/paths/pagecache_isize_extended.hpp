#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// What was stored behind the last block of the old end `from`, in its folio, must not become
/// content of the file, which has grown to `to`; segments. No step where the kernel does not look
/// after it, or where nothing lies there.
void pagecache_isize_extended(build::Path& p, const World& w, int from, int to);

/// From now on stores there will be cut off; and that it has happened or will not, which is said by
/// pagecache_isize_extended itself.
[[nodiscard]] build::Effect begin_cut(const World& w, int from, int to);
[[nodiscard]] build::Effect end_cut(const World& w);

/// Does it do anything if the file grows from `from` to `to`?
[[nodiscard]] bool cuts_tail(const World& w, int from, int to);

} // namespace stalemate::kernel::iomap
