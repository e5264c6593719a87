#include "model/swap/objects/log.hpp"

namespace stalemate::kernel::swap {

using namespace build;

Alternative Log::wait_for_space(const Alternative& way) const {
  const Expr is_granted = granted_to != 0;
  const Expr is_in_cil =
      exists(units, [&](int u) { return pinned[u] || stage[u] == UnitStage::in_cil; });
  return way.wait(has_space() || !is_granted, "log space (a transaction has it)", granted_to)
      .wait(has_space() || is_granted || !is_in_cil, "log space (pinned by the CIL)", cil_worker)
      .wait(has_space() || is_granted || is_in_cil, "log space (to be written back)", ail_pusher);
}

Log declare_log(Model& model, const std::vector<LogUnit>& log, int cil_worker, int ail_pusher) {
  const int count = static_cast<int>(log.size());
  ir::Variable stage;
  stage.name = "log.unit";
  stage.kind = ir::Kind::named;
  stage.names = {"free", "granted", "in the CIL", "in the AIL", "being written"};
  stage.range = {0, 4};
  stage.shape = {count};
  std::vector<int> pinned;
  for (const LogUnit unit : log) {
    stage.initial.push_back(
        static_cast<int>(unit == LogUnit::free ? UnitStage::free : UnitStage::in_ail));
    pinned.push_back(unit == LogUnit::relogged ? 1 : 0);
  }
  return {.stage = model.declare(std::move(stage)),
          .pinned = model.flags("log.pinned", count, pinned),
          .granted_to = model.holders("log.granted_to", 1)[0],
          .push_requested = model.flag("log.push_requested"),
          .units = count,
          .cil_worker = cil_worker,
          .ail_pusher = ail_pusher};
}

} // namespace stalemate::kernel::swap
