#pragma once

#include "model/scenario/read_scenario.hpp"

#include <string>

namespace stalemate::kernel {

// A scenario that uses every part of the format.
inline const std::string scenario_text = R"({
  "$schema": "../scenario.schema.json",
  "id": "R1",
  "title": "Buffered write over an unwritten extent against writeback and reclaim",
  "source": "iomap-folio-ops-thread",
  "notes": "Small enough to read",
  "file": {
    "blocks_per_folio": 1,
    "segments_per_block": 2,
    "blocks": ["unwritten", "mapped"],
    "cached": [{"folio": 0, "dirty": true, "data": ["zero", "old"]}],
    "disk": [["zero", "zero"], ["old", "zero"]],
    "size": 4
  },
  "kernel": {"iomap_valid": "none", "stable_writes": false, "seq_modulus": 4},
  "processes": [{"path": "buffered_write", "name": "writer"}, {"path": "writeback"}],
  "properties": ["no_lost_write", "no_deadlock"],
  "expect": {"violated": "no_lost_write", "length": 9},
  "variants": [
    {"name": "none"},
    {"name": "valid", "notes": "The kernel", "kernel": {"iomap_valid": "after_folio_lock"},
     "expect": "holds"},
    {"name": "small", "file": {"blocks": ["hole"], "cached": null, "disk": null, "size": null},
     "processes": [{"path": "writeback"}], "properties": null,
     "expect": {"holds": true, "states": 12, "never_taken": ["f: b", "f: a"]}}
  ]
}
)";

// The text with the first `what` replaced.
inline std::string
replaced(std::string text, const std::string& what, const std::string& replacement) {
  if (const auto at = text.find(what); at != std::string::npos)
    text.replace(at, what.size(), replacement);
  return text;
}

// What the reader says about the text: the error, or "" if there is none.
inline std::string refusal(const std::string& text) {
  try {
    const ScenarioFile file("f.json", text);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

} // namespace stalemate::kernel
