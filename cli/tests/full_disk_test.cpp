// A disk is full whenever it likes. Whatever was to be written, the program says that it could not,
// and leaves nothing behind that looks like it.

#include "checker/tests/figures.hpp"
#include "cli/tests/program.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace stalemate::cli::tests {
namespace {

using Words = std::vector<std::string>;

class FullDiskTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(FullDiskTest);
  CPPUNIT_TEST(of_standard_output_in_every_form);
  CPPUNIT_TEST(of_a_device_in_every_form);
  CPPUNIT_TEST(of_a_file_in_every_form);
  CPPUNIT_TEST_SUITE_END();

  /// Commands that write a file, with its ending.
  static std::vector<std::pair<Words, std::string>> files() {
    std::vector<std::pair<Words, std::string>> all;
    const std::string race = "R1#none";
    for (const char* form : {"txt", "json", "svg", "png", "pdf", "dot", "html", "mmd", "itf.json"})
      all.push_back({{"trace", race, "-o"}, form});
    for (const char* form : {"dot", "svg"})
      all.push_back({{"graph", race, "--by", "folio.dirty", "-o"}, form});
    for (const char* form : {"txt", "svg", "dot"})
      all.push_back({{"show", "buffered_write", "-o"}, form});
    for (const char* language : {"promela", "murphi"})
      all.push_back({{"export", race, "--to", language, "-o"}, "txt"});
    all.push_back({{"shrink", race, "-o"}, "json"});
    return all;
  }

  static std::vector<Words> reports() {
    std::vector<Words> all;
    for (const char* form : {"text", "json", "junit", "sarif", "ktap", "markdown"})
      all.push_back({"check", "scenarios/stable-pages", "--format", form});
    for (const char* form : {"text", "json", "markdown"})
      all.push_back({"list", "--format", form});
    for (const char* form : {"text", "markdown", "json", "html"})
      all.push_back({"matrix", "scenarios/stable-pages", "--format", form});
    all.push_back({"schema"});
    all.push_back({"completion", "bash"});
    return all;
  }

  static void expect_refused(const Words& words, const Setting& setting, const std::string& file) {
    const Outcome outcome = run(words, setting);
    const std::string what = fmt::format("{}: {}", fmt::join(words, " "), outcome.err);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(what, 2, outcome.status);
    CPPUNIT_ASSERT_MESSAGE(what, outcome.err.find(file) != std::string::npos);
    CPPUNIT_ASSERT_MESSAGE(what, outcome.err.find("cannot write") != std::string::npos);
    stalemate::tests::count_figure("faults_disk");
  }

 public:
  void of_standard_output_in_every_form() {
    Setting full;
    full.output = "/dev/full";
    std::vector<Words> all = reports();
    for (const auto& [words, form] : files()) {
      all.push_back(words);
      all.back().push_back("-");
    }
    for (const Words& words : all)
      expect_refused(words, full, "standard output");
  }

  void of_a_device_in_every_form() {
    for (const auto& [words, form] : files()) {
      Words all = words;
      all.insert(all.end(), {"/dev/full"});
      expect_refused(all, {}, "/dev/full");
    }
    for (const char* form : {"json", "junit", "sarif", "ktap"})
      expect_refused(
          {"check", "scenarios/stable-pages", "--report", fmt::format("{}=/dev/full", form)},
          {},
          "/dev/full");
  }

  /// Of which the system takes 512 bytes.
  void of_a_file_in_every_form() {
    for (const auto& [words, form] : files()) {
      const Folder folder;
      Setting shell;
      shell.program = "/bin/sh";
      expect_refused({"-c",
                      fmt::format("ulimit -f 1; exec '{}' {} '{}'",
                                  STALEMATE_BINARY,
                                  fmt::join(words, " "),
                                  folder / ("x." + form))},
                     shell,
                     "x." + form);
      CPPUNIT_ASSERT_MESSAGE(form, folder.names().empty());
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FullDiskTest);

} // namespace
} // namespace stalemate::cli::tests
