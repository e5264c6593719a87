#include "checker/store/pages.hpp"

#include <new>

#include <sys/mman.h>

namespace stalemate {

Pages::Pages(std::size_t bytes) : size_(bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  // Only a wish: without huge pages everything works the same, only slower.
  constexpr std::size_t huge = std::size_t{2} << 20;
  if (bytes >= huge) (void)madvise(memory, bytes, MADV_HUGEPAGE);
  data_ = static_cast<std::byte*>(memory);
}

Pages::~Pages() {
  if (data_ != nullptr) munmap(data_, size_);
}

} // namespace stalemate
