// --with: files outside of the project that add paths, knobs and properties.

#include "checker/outside/command.hpp"
#include "cli/tests/environment.hpp"
#include "cli/tests/program.hpp"
#include "model/extension/headers.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

namespace fs = std::filesystem;

/// A file that adds a path over the page of model/stable_pages, whose headers are the smallest.
std::string
source(const std::string& name, const std::string& steps, const std::string& more = "") {
  return fmt::format(R"(#include "model/extension/extension.hpp"
#include "model/stable_pages/objects/world.hpp"
#include "model/stable_pages/paths.hpp"
using namespace stalemate;
using namespace stalemate::build;
using namespace stalemate::kernel;
{}
static void record(Path& p, const stable_pages::World& w, const Options& options) {{
  const auto fn = p.function("own", "own.c");
  (void)w;
  (void)options;
{}
}}
STALEMATE_EXTENSION(extension) {{
  extension.add(stable_pages::AnonPath{{{{.name = "{}",
                                        .process = "own",
                                        .function = "own",
                                        .text = "does something",
                                        .source = "here"}},
                                       record}});
}}
)",
                     more,
                     steps,
                     name);
}

const std::string one_step = "  p.step(\"do it\", always().end());";

class WithTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(WithTest);
  CPPUNIT_TEST(the_example_comes_out_as_it_says);
  CPPUNIT_TEST(what_is_added_is_listed_and_shown);
  CPPUNIT_TEST(without_it_nothing_is_known);
  CPPUNIT_TEST(a_compile_error_has_file_and_line);
  CPPUNIT_TEST(a_forgotten_effect_does_not_compile);
  CPPUNIT_TEST(what_nobody_defines_is_named);
  CPPUNIT_TEST(a_function_of_our_name_is_the_files_own);
  CPPUNIT_TEST(a_file_without_extension_is_refused);
  CPPUNIT_TEST(a_file_that_is_not_there_is_refused);
  CPPUNIT_TEST(names_are_given_once);
  CPPUNIT_TEST(likes_are_paths);
  CPPUNIT_TEST(a_wrong_path_is_the_files_mistake);
  CPPUNIT_TEST(without_compiler_it_says_what_to_install);
  CPPUNIT_TEST(other_headers_are_refused);
  CPPUNIT_TEST(another_standard_library_is_refused);
  CPPUNIT_TEST(works_where_it_is_installed);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;
  const Setting here_{.folder = folder_.path()};

  /// Runs where the files are, as a user with relative paths does.
  Outcome list(const std::vector<std::string>& files) const {
    std::vector<std::string> words{"list", "paths"};
    for (const std::string& file : files)
      words.insert(words.end(), {"--with", file});
    return run(words, here_);
  }

  static void expect(int status, const std::string& text, const Outcome& outcome) {
    const std::string all = outcome.out + outcome.err;
    CPPUNIT_ASSERT_EQUAL_MESSAGE(all, status, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(fmt::format("no \"{}\" in\n{}", text, all),
                           all.find(text) != std::string::npos);
  }

 public:
  void the_example_comes_out_as_it_says() {
    expect(0,
           "4 run, 4 ok",
           run({"check", "docs/example", "--with", "docs/example/sync_file_range.cpp"}));
  }

  void what_is_added_is_listed_and_shown() {
    folder_.add("own.cpp", source("own_path", one_step));
    expect(0, "own_path", list({"own.cpp"}));
    expect(
        0, "own_path: 1 step, run by own0", run({"show", "own_path", "--with", "own.cpp"}, here_));
    expect(0, "\"own_path\"", run({"schema", "--with", "own.cpp"}, here_));
  }

  void without_it_nothing_is_known() {
    expect(2, "docs/example/sync_file_range.json:", run({"check", "docs/example"}));
  }

  void a_compile_error_has_file_and_line() {
    folder_.add("own.cpp", source("own_path", "  p.stepp(\"do it\");"));
    expect(2, "own.cpp:12:5: error: ", list({"own.cpp"}));
    expect(2, "stalemate: --with own.cpp: does not compile", list({"own.cpp"}));
  }

  void a_forgotten_effect_does_not_compile() {
    folder_.add("own.cpp", source("own_path", "  w.page.dirty = true;\n" + one_step));
    expect(2, "own.cpp:12:", list({"own.cpp"}));
  }

  void what_nobody_defines_is_named() {
    folder_.add("own.cpp",
                source("own_path", "  elsewhere(3);\n" + one_step, "void elsewhere(int);"));
    expect(2,
           "own.cpp: uses elsewhere(int), which neither it nor stalemate defines",
           list({"own.cpp"}));
  }

  /// Or else a copy of a path of ours, changed, would silently be ours.
  void a_function_of_our_name_is_the_files_own() {
    const std::string copy = R"(
namespace stalemate::kernel::stable_pages {
AnonPath swapon() {
  throw std::runtime_error("this one");
}
}
)";
    folder_.add("own.cpp", source("own_path", "  (void)stable_pages::swapon();", copy));
    expect(2,
           "own.cpp: path own_path throws: this one",
           run({"show", "own_path", "--with", "own.cpp"}, here_));
  }

  void a_file_without_extension_is_refused() {
    folder_.add("own.cpp", "int nothing;\n");
    expect(2, "own.cpp: has no STALEMATE_EXTENSION(extension)", list({"own.cpp"}));
    folder_.add("own.cpp",
                "#include \"model/extension/extension.hpp\"\nSTALEMATE_EXTENSION(extension) {\n"
                "  (void)extension;\n}\n");
    expect(2, "own.cpp: adds nothing", list({"own.cpp"}));
  }

  void a_file_that_is_not_there_is_refused() {
    expect(2, "none.cpp: no such file", list({"none.cpp"}));
    expect(2, ".: is a folder", list({"."}));
    CPPUNIT_ASSERT_EQUAL(2, run({"list", "paths", "--with"}).status);
  }

  void names_are_given_once() {
    folder_.add("own.cpp", source("reclaim", one_step));
    folder_.add("a.cpp", source("same", one_step));
    folder_.add("b.cpp", source("same", one_step));
    const std::string taken = "there is one of this name already; choose another";
    expect(2, "own.cpp: path \"reclaim\": " + taken, list({"own.cpp"}));
    expect(2, "b.cpp: path \"same\": " + taken, list({"a.cpp", "b.cpp"}));
  }

  void likes_are_paths() {
    const std::string like = replaced(
        source("own_path", one_step), ".source = \"here\"", ".source = \"\", .like = {\"anon\"}");
    folder_.add("own.cpp", like);
    expect(2, "own.cpp: path \"own_path\": is like an unknown path \"anon\"", list({"own.cpp"}));
  }

  /// None of these is a fault of ours, so none ends in status 4.
  void a_wrong_path_is_the_files_mistake() {
    const auto show = [&](const std::string& steps) {
      folder_.add("own.cpp", source("own_path", steps));
      return run({"show", "own_path", "--with", "own.cpp"}, here_);
    };
    expect(2, "own.cpp: path own_path throws: map::at", show("  (void)options.at(\"at\");"));
    expect(2, "own.cpp: ", show("  p.step(\"do it\", always().go(\"nowhere\"));"));
    expect(2, "own.cpp: ", show(one_step + "\n" + one_step));
  }

  void without_compiler_it_says_what_to_install() {
    folder_.add("own.cpp", source("own_path", one_step));
    const Environment none("CXX", "no-such-compiler");
    expect(
        2,
        "there is no no-such-compiler; install a C++20 compiler (Debian: g++), or name one in CXX",
        list({"own.cpp"}));
  }

  void other_headers_are_refused() {
    for (const std::string& name : kernel::known_headers().names) {
      const fs::path copy = fs::path(folder_.path()) / "headers" / name;
      fs::create_directories(copy.parent_path());
      fs::copy_file(fs::path(STALEMATE_SOURCE_DIR) / name, copy);
    }
    folder_.add("own.cpp", source("own_path", one_step));
    const Environment elsewhere("STALEMATE_INCLUDE", folder_ / "headers");
    expect(0, "own_path", list({"own.cpp"}));
    std::ofstream(folder_ / "headers/checker/ir/step.hpp", std::ios::app) << "\n";
    expect(2, "are not those that this program was built with; rebuild it", list({"own.cpp"}));
  }

  void another_standard_library_is_refused() {
    // It calls nothing whose name says so, which would not even load.
    folder_.add("own.cpp", R"(#define _GLIBCXX_DEBUG
#include "model/extension/extension.hpp"
#include "model/stable_pages/knobs/kernel.hpp"
using namespace stalemate::kernel;
static bool is_fast;
STALEMATE_EXTENSION(extension) {
  extension.add(own_boolean<stable_pages::Kernel>(is_fast, "is_fast", "is it?", "here"));
}
)");
    expect(2, "own.cpp: was compiled against something else than this program", list({"own.cpp"}));
  }

  /// Away from the checkout, with every header in one file.
  void works_where_it_is_installed() {
    const std::string build = fs::path(STALEMATE_BINARY).parent_path().string();
    const Ran installed =
        stalemate::run({"cmake", "--install", build, "--prefix", folder_ / "prefix"}, build);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(installed.out, 0, installed.status);
    const Setting there{.folder = folder_.path(), .program = folder_ / "prefix/bin/stalemate"};
    for (const char* name : {"sync_file_range.cpp", "sync_file_range.json"})
      fs::copy_file(fs::path(STALEMATE_SOURCE_DIR) / "docs/example" / name,
                    fs::path(folder_.path()) / name);
    expect(0,
           "4 run, 4 ok",
           run({"check", "sync_file_range.json", "--with", "sync_file_range.cpp"}, there));
    std::string all;
    for (const std::string& name : kernel::known_headers().names)
      all += fmt::format("#include \"{}\"\n", name);
    folder_.add("own.cpp", all + source("own_path", one_step));
    expect(0, "own_path", run({"list", "paths", "--with", "own.cpp"}, there));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WithTest);

} // namespace
} // namespace stalemate::cli::tests
