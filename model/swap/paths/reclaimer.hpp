#pragma once

#include "checker/builder/path.hpp"
#include "model/swap/objects/world.hpp"

#include <optional>
#include <string>

namespace stalemate::kernel::swap {

/// What the context bits of a task and the flags of an allocation together allow (atlas
/// direct-and-swap 0.2).
enum class Gfp : std::uint8_t {
  kernel,  ///< GFP_KERNEL
  nofs,    ///< GFP_NOFS, or a task in a transaction
  reclaim, ///< A task in reclaim, PF_MEMALLOC: down to the last page, and it may fail.
};

/// The locals of a task that reclaims: the page it is at, and what came of writing it.
struct Reclaimer {
  build::Place page;
  build::Place result; ///< Result
  build::Place nested; ///< It held i_rwsem before the swap I/O took it once more.
  std::optional<build::Place> loaded = {}; ///< The entry of zswap that it has a reference on.
};
enum class Result : std::uint8_t { done, failed, queued };

[[nodiscard]] Reclaimer declare_reclaimer(build::Path& path, const World& world);

/// An allocation that may fail, by a task in reclaim; does what `failed` says then.
void kmalloc_in_reclaim(build::Path& path,
                        const World& world,
                        const std::string& phrase,
                        const build::Alternative& failed);

/// An allocation of a task that is not in reclaim and does not take no for an answer. Where
/// `reclaimer` is given, it reclaims by itself before it waits for others.
void allocate(build::Path& path,
              const World& world,
              const std::string& phrase,
              Gfp gfp,
              const Reclaimer* reclaimer = nullptr);

/// __GFP_NOFAIL: by a task in reclaim it takes the last pages and then waits for others to free.
[[nodiscard]] build::Alternative allocate_nofail(const World& world, Gfp gfp);

[[nodiscard]] build::Effect free_memory(const World& world);

} // namespace stalemate::kernel::swap
