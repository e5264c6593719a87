#pragma once

#include "checker/builder/declare.hpp"

#include <cstdint>

namespace stalemate::kernel::swap {

/// How far an RPC task has come. `delayed` is ready, and comes after all others.
enum class RpcStage : std::uint8_t {
  none,
  ready,
  delayed,
  running,
  has_buffer,
  in_transit,
  replied,
  needs_recovery,
};

/// Where the buffer of an RPC task comes from.
enum class RpcBuffer : std::uint8_t { none, memory, pool };

/// The RPC tasks of an NFS client: one for the write of each page, one for somebody else.
struct Rpc {
  build::Array stage;          ///< RpcStage
  build::Array buffer;         ///< RpcBuffer
  build::Place pool;           ///< Elements of rpc_buffer_mempool, of which there is one.
  build::Lock transport;       ///< XPRT_LOCKED
  build::Place server_forgot;  ///< The server has rebooted and does not know this client.
  build::Place needs_recovery; ///< The state manager has work.
  int tasks;

  [[nodiscard]] int other() const { return tasks - 1; }
};

[[nodiscard]] Rpc declare_rpc(build::Model& model, int frames);

} // namespace stalemate::kernel::swap
