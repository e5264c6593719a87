#pragma once

#include "checker/builder/declare.hpp"
#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

/// Is NFS's transport part of the scenario?
[[nodiscard]] bool has_rpc(const World& world);

/// rpc_run_task() for the write of a page.
[[nodiscard]] build::Effect send_by_rpc(const World& world, const build::Expr& frame);

[[nodiscard]] SwapPath rpciod();
[[nodiscard]] SwapPath async_rpc();
[[nodiscard]] SwapPath sync_rpc();
[[nodiscard]] SwapPath rpc_server();
[[nodiscard]] SwapPath server_reboot();
[[nodiscard]] SwapPath state_manager();

} // namespace stalemate::kernel::swap
