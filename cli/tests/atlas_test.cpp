// That what `source` cites of docs/atlas is there.

#include "cli/load.hpp"
#include "cli/selection.hpp"
#include "cli/tests/program.hpp"
#include "model/scenario/subsystem.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace stalemate::cli::tests {
namespace {

namespace fs = std::filesystem;

// A word that can be an id: P1, A-R3, 6.1, SAF-10', D3.
const std::regex id_word(R"([A-Za-z0-9][A-Za-z0-9.'-]*)");

bool has_digit(const std::string& word) {
  return word.find_first_of("0123456789") != std::string::npos;
}

std::set<std::string> ids_in(const std::string& text) {
  std::set<std::string> ids;
  for (std::sregex_iterator word(text.begin(), text.end(), id_word), end; word != end; ++word) {
    std::string one = word->str();
    while (one.ends_with('.') || one.ends_with('-'))
      one.pop_back();
    const bool is_version = one.size() > 1 && one[0] == 'v' && has_digit(one.substr(1, 1));
    if (has_digit(one) && !is_version) ids.insert(one);
  }
  return ids;
}

class AtlasTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(AtlasTest);
  CPPUNIT_TEST(every_citation_is_there);
  CPPUNIT_TEST_SUITE_END();

  std::map<std::string, std::set<std::string>> documents_; ///< By name: the ids in it.
  int found_ = 0;

  void look_up(const std::string& document, const std::string& id, const std::string& where) {
    const auto has = [&](const std::string& one) { return documents_.at(document).contains(one); };
    // R1.mid is the variant mid of R1; R8e the case e of R8; L1-L3 go from L1 to L3.
    const std::string stem = id.substr(0, id.find_last_not_of("abcdefghijklmnopqrstuvwxyz") + 1);
    const std::string family = id.substr(0, id.find('.'));
    const auto dash = id.find('-', id.find_first_of("0123456789"));
    const bool is_range = dash != std::string::npos;
    if (is_range) {
      look_up(document, id.substr(0, dash), where);
      look_up(document, id.substr(dash + 1), where);
      return;
    }
    ++found_;
    CPPUNIT_ASSERT_MESSAGE(fmt::format("{}: {} is not in docs/atlas/{}.md", where, id, document),
                           has(id) || has(stem) || has(family));
  }

  // "atlas buffered P1, table W1; d7b64041164c": up to the semicolon.
  void check(const std::string& source, const std::string& where) {
    static const std::regex citation(R"((?:^|\b)atlas ([a-z-]+) ([^;"]*))");
    for (std::sregex_iterator one(source.begin(), source.end(), citation), end; one != end; ++one) {
      const std::string document = (*one)[1];
      CPPUNIT_ASSERT_MESSAGE(where + ": there is no docs/atlas/" + document + ".md",
                             documents_.contains(document));
      for (const std::string& id : ids_in((*one)[2]))
        look_up(document, id, where);
    }
  }

 public:
  AtlasTest() {
    for (const auto& entry : fs::directory_iterator(STALEMATE_SOURCE_DIR "/docs/atlas"))
      documents_[entry.path().stem().string()] = ids_in(read(entry.path().string()));
  }

  void every_citation_is_there() {
    for (const kernel::Subsystem& subsystem : kernel::subsystems()) {
      for (const auto& knob : subsystem.knobs) {
        check(knob.source, "knob " + knob.name);
        for (const auto& since : knob.history)
          check(since.source, "knob " + knob.name);
      }
      for (const auto& path : subsystem.paths)
        check(path.source, "path " + path.name);
      for (const auto& property : subsystem.properties)
        check(property.source, "claim " + property.name);
    }
    for (const std::string& file : files_below(STALEMATE_SOURCE_DIR "/scenarios"))
      check(kernel::read_scenario_file(file).scenarios().front().source, file);
    // Heads of sources: from "Sources:" to the end of the comment.
    const std::regex head(R"(// Sources:[^\n]*\n(//[^\n]*\n)*)");
    for (const char* folder : {"model", "lockless"})
      for (const auto& entry :
           fs::recursive_directory_iterator(fs::path(STALEMATE_SOURCE_DIR) / folder)) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = read(entry.path().string());
        std::smatch comment;
        if (!std::regex_search(text, comment, head)) continue;
        check(std::regex_replace(comment.str(), std::regex("\n// *"), " "),
              entry.path().filename().string());
      }
    CPPUNIT_ASSERT(found_ > 500);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AtlasTest);

} // namespace
} // namespace stalemate::cli::tests
