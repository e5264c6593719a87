#include "model/swap/objects/zswap.hpp"

#include "model/swap/objects/content.hpp"
#include "model/swap/objects/named.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

std::vector<std::string> entry_names(int entries) {
  std::vector<std::string> names{"nothing"};
  for (int e = 0; e < entries; ++e)
    names.push_back(fmt::format("entry {}", e));
  return names;
}

} // namespace

Effect Zswap::put_if(const Expr& condition, const Expr& entry) const {
  return together(refs[entry] = refs[entry] - select(condition, 1, 0),
                  on_lru[entry] = on_lru[entry] && refs[entry] != 0,
                  slot[entry] = select(refs[entry] != 0, slot[entry], 0),
                  data[entry] = select(refs[entry] != 0, data[entry], Expr(content::garbage)));
}

Effect Zswap::erase_if(const Expr& condition, const Expr& at) const {
  const Expr goes = has(at) && condition;
  return put_if(goes, entry_of(at)).then(tree[at] = select(goes, 0, tree[at]));
}

Effect Zswap::insert(int entry, const Expr& at, const Expr& content) const {
  return together(tree[at] = entry + 1,
                  refs[entry] = 1,
                  slot[entry] = at,
                  data[entry] = content,
                  on_lru[entry] = true);
}

Zswap declare_zswap(Model& model,
                    const Setup& setup,
                    int slots,
                    const std::vector<std::string>& contents) {
  const MemoryLayout& memory = setup.memory;
  const int entries = memory.zswap.entries;
  std::vector<int> tree(static_cast<std::size_t>(slots), 0);
  std::vector<int> used(static_cast<std::size_t>(entries), 0);
  std::vector<int> slot = used;
  std::vector<int> data(used.size(), content::garbage);
  std::size_t next = 0;
  for (std::size_t page = 0; page < memory.pages.size(); ++page) {
    if (memory.pages[page] != Where::zswap) continue;
    used[next] = 1;
    slot[next] = static_cast<int>(page);
    data[next] = content::old(static_cast<int>(page));
    tree[page] = static_cast<int>(++next);
  }
  return {.tree = model.declare(named("zswap.tree", entry_names(entries), tree)),
          .refs = model.array("zswap_entry.refs", entries, 0, model.processes() + 1, used),
          .slot = model.array("zswap_entry.slot", entries, 0, slots - 1, slot),
          .data = model.declare(named("zswap_entry.data", contents, data)),
          .on_lru = model.flags("zswap_entry.on_lru", entries, used),
          .failures = model.var("zswap.failures", 0, memory.zswap.failures, memory.zswap.failures),
          .tree_gone = model.flag("zswap.tree_freed"),
          .entries = entries};
}

} // namespace stalemate::kernel::swap
