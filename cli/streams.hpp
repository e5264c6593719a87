#pragma once

namespace stalemate::cli {

/// From now on std::cout and std::cerr wait for a reader who does not come only until a signal was
/// caught, and half a second longer: the standard library's go on waiting. What is not written then
/// fails, as it does where a disk is full.
void take_over_streams();

} // namespace stalemate::cli
