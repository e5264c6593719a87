#include "model/knobs/knob.hpp"

#include <type_traits>

namespace stalemate::kernel {

namespace {

/// A knob whose values are words. `values` are in the order of the enumeration.
template <typename E>
Knob words(E Kernel::*member,
           std::string name,
           std::string text,
           std::string source,
           std::vector<Word> values) {
  return {.name = std::move(name),
          .text = std::move(text),
          .source = std::move(source),
          .type = Knob::Type::words,
          .values = std::move(values),
          .set = [member](Kernel& kernel, int value) { kernel.*member = static_cast<E>(value); },
          .value = [member](const Kernel& kernel) { return static_cast<int>(kernel.*member); }};
}

Knob number(int Kernel::*member,
            std::string name,
            std::string text,
            std::string source,
            int low,
            int high) {
  return {.name = std::move(name),
          .text = std::move(text),
          .source = std::move(source),
          .type = Knob::Type::number,
          .values = {},
          .low = low,
          .high = high,
          .set = [member](Kernel& kernel, int value) { kernel.*member = value; },
          .value = [member](const Kernel& kernel) { return kernel.*member; }};
}

Knob boolean(bool Kernel::*member, std::string name, std::string text, std::string source) {
  return {.name = std::move(name),
          .text = std::move(text),
          .source = std::move(source),
          .type = Knob::Type::boolean,
          .values = {},
          .low = 0,
          .high = 1,
          .set = [member](Kernel& kernel, int value) { kernel.*member = value != 0; },
          .value = [member](const Kernel& kernel) { return kernel.*member ? 1 : 0; }};
}

} // namespace

const std::vector<Knob>& knobs() {
  static const std::vector<Knob> all{
      words(&Kernel::iomap_valid,
            "iomap_valid",
            "where a buffered write asks whether its cached mapping is still true",
            "d7b64041164c; iomap-folio-ops thread, patch 8; atlas R1",
            {{"none", "nowhere, as before v6.2"},
             {"before_folio_lock", "before the folio is looked up"},
             {"between_lookup_and_lock", "with a reference on the folio, before its lock"},
             {"after_folio_lock", "in ->iomap_valid, with the folio locked, as merged in v6.2"},
             {"in_get_folio", "in ->get_folio, which returns -ESTALE, as patch 8 proposed"}}),
      words(&Kernel::mapping_order,
            "mapping_order",
            "what a buffered write does first",
            "atlas R1, buffer-head style",
            {{"map_then_lock", "map, then lock each folio of the mapping, as iomap does"},
             {"lock_then_map", "lock a folio, then map it; iomap_valid does not apply"}}),
      words(&Kernel::cookie_sampled,
            "cookie_sampled",
            "when the cookie is read from the sequence counter",
            "304a68b9c63b; atlas 1.3",
            {{"under_ilock", "in the ILOCK section of the lookup"},
             {"after_ilock", "after the lookup dropped the ILOCK"}}),
      words(&Kernel::end_writeback,
            "end_writeback",
            "when an ioend clears the folio's writeback flag",
            "atlas 1.4, C2 and C4",
            {{"after_conversion", "when the extents are converted"},
             {"before_conversion", "when the data is on the disk, before the conversion"}}),
      words(&Kernel::delalloc_becomes,
            "delalloc_becomes",
            "what writeback allocates for a delayed allocation",
            "atlas 2, DELALLOC_TO_WRITTEN",
            {{"unwritten", "unwritten blocks, converted when the data is on the disk"},
             {"mapped", "written blocks at once, as in old kernels"}}),
      words(&Kernel::zero_fill,
            "zero_fill",
            "what a write zeroes of a block without data that it covers in part",
            "__iomap_write_begin; atlas W5, R8e",
            {{"around_the_write", "what it is going to cover stays as the page was allocated"},
             {"whole_block", "all of the block, so that a short copy leaves zeroes behind"}}),
      words(&Kernel::i_rwsem_also_in,
            "i_rwsem_also_in",
            "who takes i_rwsem exclusively besides write(2)",
            "atlas 0.1 rules 2 and 4, R1",
            {{"nobody", "as in the kernel"},
             {"page_fault", "page faults, to keep writes out"},
             {"io_completion", "the conversion of unwritten extents, to keep writes out"}}),
      boolean(&Kernel::stable_writes,
              "stable_writes",
              "a write waits until its folio is not under writeback",
              "atlas W3"),
      boolean(&Kernel::dirty_throttle,
              "dirty_throttle",
              "a write is throttled until nothing is dirty or under writeback",
              "atlas W2"),
      number(&Kernel::seq_modulus,
             "seq_modulus",
             "the sequence counter wraps at this value; 0: never, which fits 2^32",
             "atlas 1.2, R1",
             0,
             16),
  };
  return all;
}

} // namespace stalemate::kernel
