// Many scenarios in one boot of the guest, each run many times under random delays: a folder in
// which ./run.sh KERNEL prints logs.
#pragma once

#include "reproduce/conform/sightings.hpp"
#include "reproduce/folder.hpp"

#include <string>
#include <vector>

namespace stalemate::reproduce {

/// One scenario of a campaign.
struct Play {
  std::string name;     ///< In the guest: C1-one.
  std::string scenario; ///< FILE#VARIANT
  std::string data;     ///< play.h
  int block_bytes = 4096;
};

/// One boot.
struct Boot {
  int runs = 10; ///< Of each scenario.
  int cpus = 2;
  int jitter_us = 4000; ///< Who comes to a gate sleeps up to so long there, one time in four.
  unsigned seed = 1;    ///< Of the first run; each of the others has the next one.
};

/// Throws Refusal for what cannot be run.
[[nodiscard]] std::vector<File> campaign_files(const std::vector<Play>& plays,
                                               const Sightings& sightings,
                                               const KernelMap& map,
                                               const Boot& boot,
                                               const std::string& kit);

} // namespace stalemate::reproduce
