#include "checker/checkpoint/identity.hpp"

#include <cstring>
#include <elf.h>
#include <link.h>

namespace stalemate {

namespace {

void add(Digest& digest, const Field& field) {
  for (const std::uint64_t part : {std::uint64_t{field.word},
                                   std::uint64_t{field.shift},
                                   std::uint64_t{field.bits},
                                   static_cast<std::uint64_t>(field.low)})
    digest.add(part);
}

void add(Digest& digest, const Instruction& one) {
  for (const std::uint64_t part : {static_cast<std::uint64_t>(one.code),
                                   std::uint64_t{one.word},
                                   std::uint64_t{one.shift},
                                   std::uint64_t{one.into},
                                   std::uint64_t{one.a},
                                   std::uint64_t{one.b},
                                   std::uint64_t{one.c},
                                   static_cast<std::uint64_t>(one.jump),
                                   static_cast<std::uint64_t>(one.other),
                                   one.mask,
                                   one.value})
    digest.add(part);
}

std::size_t aligned(std::size_t bytes) {
  return (bytes + 3) / 4 * 4;
}

/// The note NT_GNU_BUILD_ID among the notes that the segment holds.
bool find_note(const char* at, std::size_t size, Digest& digest) {
  const char* const end = at + size;
  while (at + sizeof(ElfW(Nhdr)) <= end) {
    ElfW(Nhdr) note;
    std::memcpy(&note, at, sizeof note);
    const char* const name = at + sizeof note;
    const char* const text = name + aligned(note.n_namesz);
    if (text + note.n_descsz > end) return false;
    const bool is_gnu = note.n_namesz == sizeof "GNU" && std::memcmp(name, "GNU", 4) == 0;
    if (is_gnu && note.n_type == NT_GNU_BUILD_ID) {
      digest.add(std::as_bytes(std::span(text, note.n_descsz)));
      return true;
    }
    at = text + aligned(note.n_descsz);
  }
  return false;
}

/// Of the first object, which is the executable itself.
int look_at_object(dl_phdr_info* object, std::size_t /*size*/, void* result) {
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const auto& segment = object->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const auto* const at = reinterpret_cast<const char*>(object->dlpi_addr + segment.p_vaddr);
    Digest digest;
    if (!find_note(at, segment.p_memsz, digest)) continue;
    *static_cast<Digest::Value*>(result) = digest.value();
    break;
  }
  return 1;
}

} // namespace

Digest::Value build_identity() {
  Digest::Value value{};
  dl_iterate_phdr(look_at_object, &value);
  return value;
}

Digest::Value identity_of(const Program& program) {
  Digest digest;
  const auto numbers = [&](const auto& list) {
    digest.add(list.size());
    for (const auto number : list)
      digest.add(static_cast<std::uint64_t>(number));
  };
  digest.add(static_cast<std::uint64_t>(program.layout.bytes()));
  numbers(program.initial);
  digest.add(program.code.instructions.size());
  for (const Instruction& one : program.code.instructions)
    add(digest, one);
  numbers(program.code.numbers);
  numbers(program.code.jumps);
  digest.add(program.code.fields.size());
  for (const Field& field : program.code.fields)
    add(digest, field);
  digest.add(program.transitions.size());
  for (const Transition& transition : program.transitions) {
    digest.add(transition.alternative);
    digest.add(transition.invariants);
  }
  for (const auto& [process, step, alternative] : program.alternatives)
    numbers(std::array{process, step, alternative});
  for (const bool flag : {program.deadlock.has_value(),
                          program.leaves_out_orders,
                          program.goes_on,
                          program.symmetry.has_value()})
    digest.add(flag ? 1 : 0);
  return digest.value();
}

} // namespace stalemate
