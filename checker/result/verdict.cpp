#include "checker/result/verdict.hpp"

namespace stalemate {

std::string word(Verdict verdict) {
  switch (verdict) {
  case Verdict::holds:
    return "holds";
  case Verdict::violated:
    return "violated";
  case Verdict::latent:
    return "latent";
  case Verdict::deadlock:
    return "deadlock";
  case Verdict::livelock:
    return "livelock";
  case Verdict::starvation:
    return "starvation";
  case Verdict::stuck:
    return "stuck";
  case Verdict::unreachable:
    return "unreachable";
  case Verdict::incomplete:
    return "incomplete";
  case Verdict::model_error:
    return "model error";
  }
  return "unknown";
}

} // namespace stalemate
