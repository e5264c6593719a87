#include "model/swap/objects/frame.hpp"

#include "model/swap/objects/content.hpp"
#include "model/swap/objects/named.hpp"

#include <algorithm>

namespace stalemate::kernel::swap {

using namespace build;

FrameTable::Row FrameTable::operator[](const Expr& frame) const {
  return {.used = used[frame],
          .lock = {lock[frame], processes},
          .uptodate = uptodate[frame],
          .dirty = dirty[frame],
          .writeback = writeback[frame],
          .reclaim = reclaim[frame],
          .in_cache = in_cache[frame],
          .slot = slot[frame],
          .refs = refs[frame],
          .data = data[frame],
          .writable = writable[frame],
          .isolated = isolated[frame],
          .stage = stage[frame],
          .is_write = is_write[frame],
          .failed = failed[frame],
          .bvec = bvec[frame],
          .kiocb = kiocb[frame],
          .pointer = pointer[frame],
          .dio = dio[frame],
          .io_done = io_done[frame],
          .submitter = submitter[frame]};
}

FrameTable declare_frames(Model& model,
                          const Setup& setup,
                          const std::vector<std::string>& contents,
                          const std::vector<std::string>& processes) {
  const MemoryLayout& memory = setup.memory;
  const int frames = memory.frames;
  const int slots = std::max(1, static_cast<int>(memory.slots.size()));
  std::vector<int> used(static_cast<std::size_t>(frames), 0);
  std::vector<int> data(static_cast<std::size_t>(frames), content::garbage);
  std::vector<int> mapped = used;
  std::vector<int> cached = used;
  std::vector<int> slot = used;
  std::size_t next = 0;
  for (std::size_t page = 0; page < memory.pages.size(); ++page) {
    const int number = static_cast<int>(page);
    if (is_swapped_out(memory.pages[page])) continue;
    const bool is_cached = memory.pages[page] == Where::cached;
    used[next] = 1;
    mapped[next] = is_cached ? 0 : 1;
    cached[next] = is_cached ? 1 : 0;
    slot[next] = is_cached ? number : 0;
    data[next] = content::old(number);
    ++next;
  }
  const std::vector<int> writable = memory.address_spaces > 1 ? std::vector<int>() : mapped;
  const std::vector<int> none(used.size(), 0);
  const int users = model.processes();
  std::vector<std::string> up_to{"the device"};
  up_to.insert(up_to.end(), processes.begin(), processes.end());
  FrameTable made{
      .used = model.flags("page.used", frames, used),
      .lock = model.holders("page.lock", frames),
      .uptodate = model.flags("page.uptodate", frames, used),
      .dirty = model.flags("page.dirty", frames, mapped),
      .writeback = model.flags("page.writeback", frames),
      .reclaim = model.flags("page.reclaim", frames),
      .in_cache = model.flags("page.swapcache", frames, cached),
      .slot = model.array("page.slot", frames, 0, slots - 1, slot),
      .refs = model.array("page.refs", frames, 0, users),
      .data = model.declare(named("page.data", contents, data)),
      .writable = model.flags("page.writable", frames, writable),
      .isolated = model.flags("page.isolated", frames),
      .stage = model.declare(named("bio.stage", {"none", "queued", "started", "done"}, none)),
      .is_write = model.flags("bio.is_write", frames),
      .failed = model.flags("bio.failed", frames),
      .bvec = model.flags("bio.bvec_alive", frames),
      .kiocb = model.array("kiocb.refs", frames, 0, 2),
      .pointer = model.declare(named("kiocb.page", {"none", "the page", "a cookie"}, none)),
      .dio = model.array("dio.refs", frames, 0, 2),
      .io_done = model.flags("dio.done", frames),
      .submitter = model.declare(named("io.up_to", up_to, none)),
      .frames = frames,
      .processes = users};
  model.values_stand_for(made.submitter, {.first = 1});
  return made;
}

} // namespace stalemate::kernel::swap
