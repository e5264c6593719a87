#pragma once

#include "checker/builder/alternative.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// Ghosts of direct I/O: what was written when, and what reads may return because of it. All of
/// them do nothing in a scenario without direct I/O.
///
/// A write may be seen from its call to its return, and is the last word afterwards, unless another
/// ran at the same time: then either may be. A read may return what was there when it began, or
/// what any write brings that had not returned by then ("regular"). That it does not go back to the
/// old after somebody saw the new is the stronger claim ("atomic").
namespace witness {

/// The call of a direct write.
[[nodiscard]] build::Effect write_begins(const World& w, const DirectRequest& request);
/// What it does is done: whoever writes from now on writes later.
[[nodiscard]] build::Effect write_ends(const World& w, const DirectRequest& request);
/// Its user knows: from now on nobody may see what was there before.
[[nodiscard]] build::Effect write_returns(const World& w, const DirectRequest& request);

/// The call of a read by this process.
[[nodiscard]] build::Effect read_begins(const World& w, int process);
/// It has got this for a segment of the file.
[[nodiscard]] build::Effect
read_gets(const World& w, int process, int segment, const build::Expr& content);
/// `way`, by which it returns, with the claims about everything that it got before `end`.
[[nodiscard]] build::Alternative
read_returns(const World& w, int process, const build::Expr& end, const build::Alternative& way);

} // namespace witness

} // namespace stalemate::kernel::iomap
