// Run by the build: prints known_headers() as a source. Arguments: the root of the project, names.

#include "model/extension/headers.hpp"

#include <cstdio>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  if (words.size() < 3) return 2;
  const std::vector<std::string> names(words.begin() + 2, words.end());
  std::puts("#include \"model/extension/headers.hpp\"\n\n"
            "const stalemate::kernel::Headers& stalemate::kernel::known_headers() {\n"
            "  static const Headers headers{\n      {");
  for (const std::string& name : names)
    std::printf("       \"%s\",\n", name.c_str());
  std::printf("      },\n      \"%s\"};\n  return headers;\n}\n",
              stalemate::kernel::number_of(names, words[1]).c_str());
  return 0;
}
