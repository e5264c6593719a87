#include "model/iomap/paths/dio_mapping.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

Effect DioMapping::found(const World& w,
                         const DirectRequest& request,
                         const ExtentMap& fork,
                         int b,
                         const Expr& to,
                         const Expr& is_kind) const {
  return together(kind = is_kind, end = to).then(places(w, request, fork, b));
}

Effect
DioMapping::places(const World& w, const DirectRequest& request, const ExtentMap& fork, int b) {
  Effect all;
  for (int k = b; w.disk.is_indirect() && k < request.end_block(); ++k) {
    const Place place = w.dio->place.row(request.rank)[k - request.first_block()];
    all = all.then(place = fork.place_of(k));
  }
  return all;
}

} // namespace stalemate::kernel::iomap
