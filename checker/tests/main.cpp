// The main of every test executable.
//
//   checker_tests                          all tests
//   checker_tests PlaceTest                one fixture
//   checker_tests refuses_an_empty_range   one test, with or without its fixture: PlaceTest::...
//   checker_tests --list                   names only
//
// Exits 1 when a test failed, and also when none ran: a filter that matches nothing is a mistake.

#include <cppunit/CompilerOutputter.h>
#include <cppunit/TestFailure.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>
#include <cppunit/TestSuite.h>
#include <cppunit/extensions/TestFactoryRegistry.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace {

// Whole components only: "PathTest" does not match "FootprintPathTest::...".
bool is_selected(const std::string& name, const std::vector<std::string>& filters) {
  return filters.empty() || std::ranges::any_of(filters, [&](const std::string& filter) {
           return ("::" + name + "::").find("::" + filter + "::") != std::string::npos;
         });
}

void collect(CppUnit::Test& test, std::vector<CppUnit::Test*>& leaves) {
  if (test.getChildTestCount() == 0 && test.countTestCases() == 1) leaves.push_back(&test);
  for (int i = 0; i < test.getChildTestCount(); ++i)
    collect(*test.getChildTestAt(i), leaves);
}

} // namespace

int main(int argc, char** argv) {
  std::vector<std::string> filters(argv + 1, argv + argc);
  const bool only_list = std::erase(filters, "--list") > 0;

  const std::unique_ptr<CppUnit::Test> all(CppUnit::TestFactoryRegistry::getRegistry().makeTest());
  std::vector<CppUnit::Test*> tests;
  collect(*all, tests);
  std::erase_if(tests, [&](CppUnit::Test* test) { return !is_selected(test->getName(), filters); });

  if (only_list) {
    for (const CppUnit::Test* test : tests)
      std::cout << test->getName() << '\n';
    return 0;
  }

  CppUnit::TestResult controller;
  CppUnit::TestResultCollector collector;
  controller.addListener(&collector);
  for (CppUnit::Test* test : tests)
    test->run(&controller);

  CppUnit::CompilerOutputter outputter(&collector, std::cout, "%p:%l: ");
  outputter.setNoWrap();
  outputter.write();
  if (tests.empty()) std::cout << "no test has this name; --list prints them\n";
  return collector.wasSuccessful() && !tests.empty() ? 0 : 1;
}
