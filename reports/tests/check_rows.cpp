#include "reports/tests/check_rows.hpp"

namespace stalemate::report::tests {

std::vector<CheckRow> every_kind_of_row() {
  CheckRow good;
  good.scenario = "R1";
  good.variant = "valid";
  good.title = "Write against reclaim";
  good.file = "scenarios/R1.json";
  good.line = 12;
  good.ok = true;
  good.counts = {1234, 3456, 31};
  good.time_ms = 61005;

  CheckRow failed = good;
  failed.variant = "none";
  failed.line = 20;
  failed.ok = false;
  failed.time_ms.reset();
  failed.found = {Verdict::violated, "no_lost_write"};
  failed.reasons = {"expected holds, found violated no_lost_write"};
  failed.story = {"step 2, writer0: sample the extent -- keeps it as iomap.type",
                  "no_lost_write claims \"a read sees what was written last\""};
  failed.steps = {{"writer0", "iomap_begin", "sample the extent", true},
                  {"ioend0", "xfs_end_ioend", "convert the extent", true},
                  {"writer0", "iomap_write_begin", "zero it", false}};
  failed.command = "stalemate run scenarios/R1.json#none";

  CheckRow missed = good;
  missed.scenario = "D2";
  missed.variant = "";
  missed.file = "scenarios/D 2.json";
  missed.expected = {Verdict::deadlock, ""};
  missed.ok = false;
  missed.reasons = {"expected deadlock, found holds"};

  CheckRow stopped = good;
  stopped.scenario = "R4";
  stopped.variant = "huge";
  stopped.ok = false;
  stopped.found = {Verdict::incomplete, ""};
  stopped.reasons = {"10 states are the limit"};

  CheckRow asked = good;
  asked.scenario = "Q";
  asked.variant = "mine";
  asked.is_question = true;
  asked.ok = false;
  asked.found = {Verdict::deadlock, ""};

  CheckRow skipped = good;
  skipped.scenario = "S";
  skipped.ok = false;
  skipped.not_run = "something before it is not as expected (--fail-fast)";
  skipped.is_skipped = true;

  CheckRow interrupted = skipped;
  interrupted.scenario = "T";
  interrupted.is_skipped = false;
  interrupted.not_run = "interrupted";

  CheckRow wrong;
  wrong.file = "scenarios/bad.json";
  wrong.line = 3;
  wrong.mistake = "malformed JSON: unexpected end of input";
  return {good, failed, missed, stopped, asked, skipped, interrupted, wrong};
}

CheckRow hostile_row() {
  CheckRow row = every_kind_of_row()[1];
  row.scenario = "<&\"'>\001 ::error::x|y";
  row.variant = "# SKIP %0A,: ";
  row.file = "a,b:c %\n.json";
  row.reasons = {"]]> <!-- & \n\t not ok 1 ```"};
  row.story = {"```", "\033[1m", "</details>"};
  return row;
}

} // namespace stalemate::report::tests
