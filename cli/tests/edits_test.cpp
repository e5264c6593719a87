#include "cli/tests/program.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <string>

namespace stalemate::cli::tests {

namespace {

using Ordered = nlohmann::ordered_json;

/// What is said by an edit is what the knob said.
class EditsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(EditsTest);
  CPPUNIT_TEST(a_dropped_check_is_the_kernel_without_it);
  CPPUNIT_TEST_SUITE_END();

  const Folder folder_;

  // The rows of `check` for a file, without what names the variant's place.
  [[nodiscard]] Ordered rows(const Ordered& file) const {
    const Outcome outcome = run({"check", "--format", "json", folder_.add("R1.json", file.dump())});
    Ordered rows = Ordered::parse(outcome.out)["results"];
    for (Ordered& row : rows) {
      for (const char* key : {"line", "file", "title", "notes", "edits", "story", "command"})
        row.erase(key);
      // Who samples the cookie says so, even if nobody checks it.
      if (const auto steps = row.find("steps"); steps != row.end())
        for (Ordered& step : *steps)
          step.erase("text");
    }
    return rows;
  }

 public:
  /// Verdict, property, length, states, transitions and depth of every variant of R1 that has no
  /// check of the mapping. What the other values of the knob once were R1 itself pins.
  void a_dropped_check_is_the_kernel_without_it() {
    Ordered edited =
        Ordered::parse(read(STALEMATE_SOURCE_DIR "/scenarios/iomap/R1-write-vs-reclaim.json"));
    edited.erase("$schema");
    const Ordered drop =
        Ordered::parse(R"([{"drop": "iomap_write_begin: is the cached iomap still valid?"}])");
    Ordered variants = Ordered::array();
    for (Ordered& variant : edited["variants"]) {
      variant.erase("expect");
      if (variant.contains("patch") && variant["patch"] == drop) variants.push_back(variant);
    }
    CPPUNIT_ASSERT(variants.size() >= 10);
    edited["variants"] = variants;
    Ordered by_knob = edited;
    for (Ordered& variant : by_knob["variants"]) {
      variant.erase("patch");
      variant["kernel"]["iomap_valid"] = "none";
    }
    CPPUNIT_ASSERT_EQUAL(rows(by_knob).dump(1), rows(edited).dump(1));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EditsTest);

} // namespace
} // namespace stalemate::cli::tests
