#include "model/swap/paths.hpp"

#include "model/extension/additions.hpp"
#include "model/swap/paths/btrfs.hpp"
#include "model/swap/paths/btrfs_store.hpp"
#include "model/swap/paths/cow_under_swapon.hpp"
#include "model/swap/paths/dio_worker.hpp"
#include "model/swap/paths/disk.hpp"
#include "model/swap/paths/inode_users.hpp"
#include "model/swap/paths/munmap.hpp"
#include "model/swap/paths/neighbours.hpp"
#include "model/swap/paths/rpciod.hpp"
#include "model/swap/paths/shrink_page_list.hpp"
#include "model/swap/paths/swapoff.hpp"
#include "model/swap/paths/swapon.hpp"
#include "model/swap/paths/touch.hpp"
#include "model/swap/paths/uffd_move.hpp"
#include "model/swap/paths/xfs_log.hpp"
#include "model/swap/paths/zswap_shrinker.hpp"

namespace stalemate::kernel::swap {

const std::vector<SwapPath>& paths() {
  static const auto all = with_additions<SwapPath>({
      // memory and the swap area
      kswapd(),
      touch(),
      munmap(),
      uffd_move(),
      swapon(),
      swapoff(),
      zswap_shrinker(),
      // XFS
      dio_worker(),
      xfsaild(),
      cil_worker(),
      chmod_swap_file(),
      read_file(),
      readahead(),
      aio_write(),
      freeze(),
      shutdown(),
      aio_cow(),
      unlink_clone(),
      // btrfs
      btrfs_relocate(),
      btrfs_snapshot(),
      btrfs_store(),
      // NFS
      rpciod(),
      async_rpc(),
      sync_rpc(),
      rpc_server(),
      server_reboot(),
      state_manager(),
      // others
      exit_process(),
      two_bios(),
      bio_device(),
      disk(),
  });
  return all;
}

} // namespace stalemate::kernel::swap
