// The RPC tasks of an NFS client while no worker can be forked: __rpc_execute(), call_allocate(),
// xprt_prepare_transmit(), call_decode(), net/sunrpc; nfs_commitdata_alloc(),
// nfs4_schedule_state_manager(), fs/nfs; v5.15, and what v5.18 changed for swap.
//
// Keeps:   one worker for all asynchronous tasks; what a task holds while it waits: an element of
//          the buffers' mempool until its reply is decoded, the transport while it is encoded;
//          which allocations wait, and which may use the last pages.
// Drops:   credentials and slots, whose allocations wait like that of the buffer (a41b05edfedb,
//          a721035477fb); connecting; retransmission; the allocations that the worker makes with
//          the transport held, which are as those of the synchronous task here.
// Atomic:  sending; the commit of unstable data but for its memory; recovery but for its thread.
// Sources: atlas direct-and-swap DL7; c487216bec83, 8db55a032ac7, c265de257f55, 4dc73c679114.

#include "model/swap/paths/rpciod.hpp"

#include "model/swap/paths/end_swap_io.hpp"
#include "model/swap/paths/reclaimer.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

std::string task_name(const World& w, int task) {
  return task == w.rpc.other() ? "somebody's task" : fmt::format("the write of page {}", task);
}

/// Alternatives that are about one task that is ready or has its reply.
std::vector<Alternative> for_tasks(const World& w,
                                   const Place& task,
                                   RpcStage stage,
                                   const Expr& condition,
                                   const std::string& what,
                                   Label label) {
  return for_any(w.rpc.tasks, [&](int n) {
    return when(w.rpc.stage[n] == stage && condition)
        .note(task_name(w, n) + what)
        .then(task = n, w.rpc.stage[n] = Expr(RpcStage::running))
        .go(label);
  });
}

/// A task that has its buffer and sleeps until the transport is unlocked.
std::vector<Alternative> for_queued(const World& w, const Place& task, Label send) {
  const Lock& transport = w.rpc.transport;
  return for_any(w.rpc.tasks, [&](int n) {
    return when(w.rpc.stage[n] == RpcStage::has_buffer)
        .note(task_name(w, n) + " is to be sent")
        .wait(transport.is_free(), "the transport, to send " + task_name(w, n), transport.holder)
        .then(task = n, w.rpc.stage[n] = Expr(RpcStage::running))
        .go(send);
  });
}

/// call_allocate(): a buffer of its own if there is memory, else one of the mempool.
void allocate_buffer(Path& p, const World& w, const Place& task, Label send) {
  const auto fn = p.function("call_allocate", "net/sunrpc/clnt.c");
  const Rpc& rpc = w.rpc;
  const Place free = w.memory.free;
  const Place stage = rpc.stage[task];
  const Place buffer = rpc.buffer[task];
  // RPC_TASK_SWAPPER: down to the last page.
  const Expr low = select(task == rpc.other(), Expr(w.memory.min), Expr(0));
  const auto from_memory =
      when(free > low).note("kmalloc()").then(free = free - 1, buffer = Expr(RpcBuffer::memory));
  const auto from_pool = when(free <= low && rpc.pool > 0)
                             .note("the mempool's last element")
                             .then(rpc.pool = rpc.pool - 1, buffer = Expr(RpcBuffer::pool));
  const auto none = when(free <= low && rpc.pool == 0);
  const Label out = p.forward();
  if (w.kernel().rpc_buffer == RpcMemory::waits) {
    p.step("rpc_malloc",
           from_memory,
           from_pool,
           none.note("no memory: wait for an element")
               .wait(rpc.pool > 0, "an element of rpc_buffer_mempool", w.holder("rpciod"))
               .then(rpc.pool = rpc.pool - 1, buffer = Expr(RpcBuffer::pool)));
  } else {
    p.step("rpc_malloc",
           from_memory,
           from_pool,
           none.note("no memory: try again later")
               .then(stage = Expr(RpcStage::delayed))
               .retry()
               .go(out));
  }
  p.step("is the transport unlocked?",
         when(rpc.transport.is_free()).note("yes").go(send),
         when(!rpc.transport.is_free())
             .note("no: sleep in its queue, with the buffer")
             .then(stage = Expr(RpcStage::has_buffer)));
  p.label(out);
}

Effect free_buffer(const World& w, const Place& task) {
  const Place buffer = w.rpc.buffer[task];
  return together(w.memory.free = w.memory.free + select(buffer == RpcBuffer::memory, 1, 0),
                  w.rpc.pool = w.rpc.pool + select(buffer == RpcBuffer::pool, 1, 0),
                  buffer = Expr(RpcBuffer::none));
}

/// A write that the server has not put on disk yet is followed by a commit.
void commit(Path& p, const World& w) {
  if (w.kernel().nfs_swap_writes == NfsWrites::stable) return;
  const auto fn = p.function("nfs_commitdata_alloc", "fs/nfs/write.c");
  p.step("allocate for the commit, GFP_NOIO, which waits", allocate_nofail(w, Gfp::nofs));
  p.step("the server has committed", then(free_memory(w)));
}

/// The server has forgotten the client, and the write must be sent again after recovery.
void recover(Path& p, const World& w, const Place& task, Label next) {
  const auto fn = p.function("nfs4_schedule_state_manager", "fs/nfs/nfs4state.c");
  const Label fine = p.forward();
  p.step("NFS4ERR_STALE_CLIENTID?",
         when(w.rpc.server_forgot).note("yes: the client's state must be recovered"),
         when(!w.rpc.server_forgot).note("no").go(fine));
  if (w.kernel().state_manager == ManagerThread::on_demand)
    p.step("kthread_run: allocate for the state manager's thread, which waits",
           allocate_nofail(w, Gfp::kernel));
  p.step("wake the state manager, leave the task to it",
         then(w.rpc.needs_recovery = true, w.rpc.stage[task] = Expr(RpcStage::needs_recovery))
             .go(next));
  p.label(fine);
}

void complete_write(Path& p, const World& w, const FrameTable::Row& page) {
  const auto fn = p.function("nfs_direct_complete", "fs/nfs/direct.c");
  if (w.kernel().swap_io == SwapIo::dio_sync) {
    p.step("wake the submitter", then(page.io_done = true));
    return;
  }
  if (w.kernel().dio_from == MemoryFrom::kmalloc) p.step("free the request", then(free_memory(w)));
  complete_kiocb(p, w, page, true);
}

void record_rpciod(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("__rpc_execute", "net/sunrpc/sched.c");
  const Rpc& rpc = w.rpc;
  const Place task = p.local("task", 0, rpc.tasks - 1);
  const Place frame = p.local("page", 0, w.frames() - 1);
  const Place stage = rpc.stage[task];
  const Label next = p.forward();
  const Label allocate = p.forward();
  const Label send = p.forward();
  const Label reply = p.forward();
  p.label(next);
  const Expr has_others = exists(rpc.tasks, [&](int n) {
    return rpc.stage[n] == RpcStage::ready || rpc.stage[n] == RpcStage::replied;
  });
  p.step(weakly_fair(idle("go on with a task")),
         for_tasks(w, task, RpcStage::ready, true, " begins", allocate),
         for_tasks(w, task, RpcStage::delayed, !has_others, " tries again", allocate),
         for_queued(w, task, send),
         for_tasks(w, task, RpcStage::replied, true, " has its reply", reply));
  p.label(allocate);
  allocate_buffer(p, w, task, send);
  p.step("go on", always().go(next));

  p.label(send);
  {
    const auto transmit = p.function("xprt_transmit", "net/sunrpc/xprt.c");
    p.step("lock the transport, send, unlock it",
           when(task == rpc.other())
               .note("somebody's")
               .then(stage = Expr(RpcStage::in_transit))
               .go(next),
           for_any(w.frames(), [&](int f) {
             const auto page = w.frame[f];
             return when(task == f)
                 .note(fmt::format("page {}", f))
                 .then(stage = Expr(RpcStage::in_transit),
                       page.stage = BioStage::queued,
                       page.is_write = true,
                       page.failed = false)
                 .go(next);
           }));
  }

  p.label(reply);
  const Label mine = p.forward();
  p.step("call_decode: whose is it?",
         when(task == rpc.other())
             .note("somebody's")
             .then(free_buffer(w, task))
             .then(stage = Expr(RpcStage::none))
             .go(next),
         when(task != rpc.other())
             .note("of a swap write")
             .then(frame = min(task, w.frames() - 1))
             .go(mine));
  p.label(mine);
  if (w.has_path("server_reboot")) recover(p, w, task, next);
  commit(p, w);
  p.step("rpc_release: free the buffer",
         then(free_buffer(w, task)).then(stage = Expr(RpcStage::none)));
  complete_write(p, w, w.frame[frame]);
  p.step("go on after the reply", always().go(next));
}

void record_async(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("rpc_run_task", "net/sunrpc/clnt.c");
  p.step("begin an asynchronous RPC", then(w.rpc.stage[w.rpc.other()] = Expr(RpcStage::ready)));
}

void record_sync(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("xprt_prepare_transmit", "net/sunrpc/xprt.c");
  p.step("lock the transport", take(w.rpc.transport));
  const bool is_reserve = w.kernel().xprt_memory == XprtMemory::reserve;
  p.step(is_reserve ? "xdr_alloc_bvec: allocate with PF_MEMALLOC"
                    : "xdr_alloc_bvec: allocate, GFP_NOFS, which waits",
         allocate_nofail(w, is_reserve ? Gfp::reclaim : Gfp::nofs));
  p.step("send, unlock the transport", then(free_memory(w), release(w.rpc.transport)));
}

void record_server(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("xprt_complete_rqst", "net/sunrpc/xprt.c");
  const Place stage = w.rpc.stage[w.rpc.other()];
  p.label("next");
  p.step(weakly_fair(idle("the reply comes: make the task ready for rpciod")),
         when(stage == RpcStage::in_transit).then(stage = Expr(RpcStage::replied)).go("next"));
}

void record_reboot(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("nfsd", "fs/nfsd");
  p.step("the server reboots and forgets its clients", then(w.rpc.server_forgot = true));
}

void record_manager(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("nfs4_run_state_manager", "fs/nfs/nfs4state.c");
  const Rpc& rpc = w.rpc;
  const bool ends = w.kernel().state_manager == ManagerThread::on_demand;
  p.label("next");
  p.step(weakly_fair(idle("is there state to recover?")), when(rpc.needs_recovery));
  p.step("recover the state, let the tasks be sent again",
         then(rpc.server_forgot = false,
              rpc.needs_recovery = false,
              for_each(rpc.tasks,
                       [&](int n) {
                         return rpc.stage[n] = select(rpc.stage[n] == RpcStage::needs_recovery,
                                                      Expr(RpcStage::has_buffer),
                                                      rpc.stage[n]);
                       }),
              ends ? free_memory(w) : Effect())
             .go("next"));
}

SwapPath rpc_path(const char* name,
                  const char* process,
                  const char* function,
                  const char* text,
                  void (*record)(Path&, const World&, const Options&),
                  bool is_daemon = false) {
  SwapPath path;
  path.name = name;
  path.process = process;
  path.function = function;
  path.text = text;
  path.source = "atlas direct-and-swap DL7";
  path.record = record;
  path.is_daemon = is_daemon;
  return path;
}

} // namespace

bool has_rpc(const World& w) {
  return w.kernel().swap_on == SwapOn::nfs && w.has_path("rpciod");
}

Effect send_by_rpc(const World& w, const Expr& frame) {
  Effect ready = w.rpc.stage[frame] = Expr(RpcStage::ready);
  // Who waits for the reply himself still is the one whom others wait for.
  if (w.kernel().swap_io == SwapIo::dio_sync) return ready;
  return together(ready, w.frame[frame].submitter = w.holder("rpciod"));
}

SwapPath rpciod() {
  return rpc_path("rpciod",
                  "rpciod",
                  "__rpc_execute",
                  "the one worker that runs all asynchronous RPC tasks",
                  record_rpciod,
                  true);
}

SwapPath async_rpc() {
  return rpc_path("async_rpc",
                  "rpc_user",
                  "rpc_run_task",
                  "begins an asynchronous RPC that has nothing to do with swap",
                  record_async);
}

SwapPath sync_rpc() {
  return rpc_path("sync_rpc",
                  "rpc_user",
                  "xprt_prepare_transmit",
                  "sends a synchronous RPC: allocates with the transport locked",
                  record_sync);
}

SwapPath rpc_server() {
  return rpc_path("rpc_server",
                  "server",
                  "xprt_complete_rqst",
                  "answers the RPC that has nothing to do with swap",
                  record_server,
                  true);
}

SwapPath server_reboot() {
  return rpc_path("server_reboot",
                  "reboot",
                  "nfsd",
                  "the server reboots: the client must recover its state",
                  record_reboot);
}

SwapPath state_manager() {
  return rpc_path("state_manager",
                  "state_manager",
                  "nfs4_run_state_manager",
                  "recovers the state of an NFS client",
                  record_manager,
                  true);
}

} // namespace stalemate::kernel::swap
