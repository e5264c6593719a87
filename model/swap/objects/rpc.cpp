#include "model/swap/objects/rpc.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

ir::Variable
rpc_variable(const std::string& name, int length, const std::vector<std::string>& names) {
  ir::Variable made;
  made.name = name;
  made.kind = ir::Kind::named;
  made.range = {0, static_cast<int>(names.size()) - 1};
  made.names = names;
  made.shape = {length};
  return made;
}

} // namespace

Rpc declare_rpc(Model& model, int frames) {
  const int tasks = frames + 1;
  return {.stage = model.declare(rpc_variable("rpc.stage",
                                              tasks,
                                              {"none",
                                               "ready",
                                               "delayed",
                                               "running",
                                               "allocated",
                                               "in transit",
                                               "replied",
                                               "waiting for recovery"})),
          .buffer = model.declare(
              rpc_variable("rpc.buffer", tasks, {"none", "of its own", "the mempool's"})),
          .pool = model.var("rpc_buffer_mempool.elements", 0, 1, 1),
          .transport = model.lock("rpc_xprt.locked"),
          .server_forgot = model.flag("nfs_server.has_rebooted"),
          .needs_recovery = model.flag("nfs_client.needs_recovery"),
          .tasks = tasks};
}

} // namespace stalemate::kernel::swap
