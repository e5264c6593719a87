// Preloaded into the program: of the allocations from main() on the one fails whose number is in
// the environment, as it would where memory has run out, and no other does. What static objects
// take before is taken where nobody could be told.

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include <dlfcn.h>

namespace {

std::atomic<long> left{0};

using Main = int(int, char**, char**);
using Nothing = void();
using Start = int(Main*, int, char**, Main*, Nothing*, Nothing*, void*);

Main* program = nullptr;

int count_and_run(int count, char** words, char** environment) {
  const char* number = std::getenv("STALEMATE_FAILING_ALLOCATION");
  left = number == nullptr ? 0 : std::atol(number);
  return program(count, words, environment);
}

} // namespace

void* operator new(std::size_t size) {
  if (--left == 0) throw std::bad_alloc();
  if (void* const memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}

// Who calls main().
extern "C" int __libc_start_main(Main* main,
                                 int count,
                                 char** words,
                                 Main* init,
                                 Nothing* fini,
                                 Nothing* linker_fini,
                                 void* stack) {
  program = main;
  auto* const next = reinterpret_cast<Start*>(::dlsym(RTLD_NEXT, "__libc_start_main"));
  return next(count_and_run, count, words, init, fini, linker_fini, stack);
}
