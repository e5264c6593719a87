#include "lockless/recording/recorder.hpp"

#include <stdexcept>
#include <utility>

namespace stalemate::recording {

thread_local Recorder the_recorder;

namespace {

int changed(int before, Change::Kind kind, int value) {
  switch (kind) {
  case Change::Kind::add:
    return before + value;
  case Change::Kind::set_bit:
    return before | value;
  case Change::Kind::clear_bit:
    return before & ~value;
  case Change::Kind::set:
  case Change::Kind::take:
    break;
  }
  return value;
}

} // namespace

int Recorder::declare(const Object& object) {
  objects_.push_back(object);
  return static_cast<int>(objects_.size()) - 1;
}

void Recorder::start(std::vector<int> script) {
  objects_.clear();
  script_ = std::move(script);
  seen_ = 0;
  now_.clear();
  function_.clear();
  run_ = {};
  round_ = -1;
}

void Recorder::begin(const char* phrase) {
  now_.clear();
  Taken taken;
  taken.function = function_;
  taken.phrase = phrase;
  run_.steps.push_back(std::move(taken));
}

void Recorder::wait_until(int object, int value, const char* waits_for) {
  Taken& taken = run_.steps.back();
  taken.waits_until.push_back({object, value});
  if (*waits_for != '\0') taken.waits_for = waits_for;
  now_[object] = value;
}

int Recorder::see(int object) {
  const auto known = now_.find(object);
  if (known != now_.end()) return known->second;
  if (run_.steps.empty()) throw std::logic_error("a protocol looks before its first operation");
  if (seen_ == script_.size()) throw NeedsValue{objects_[static_cast<std::size_t>(object)].highest};
  const int value = script_[seen_++];
  run_.steps.back().seen.push_back({object, value});
  return now_[object] = value;
}

void Recorder::change(int object, Change::Kind kind, int value) {
  const bool is_new = kind == Change::Kind::set || kind == Change::Kind::take;
  const int after = changed(is_new ? 0 : see(object), kind, value);
  Taken& taken = run_.steps.back();
  taken.changes.push_back({object, kind, value});
  now_[object] = after;
  if (after >= 0 && after <= objects_[static_cast<std::size_t>(object)].highest) return;
  taken.is_impossible = true;
  throw EndOfRun{};
}

void Recorder::access(Access access) {
  access.function = function_;
  if (access.phrase.empty() && !run_.steps.empty()) access.phrase = run_.steps.back().phrase;
  run_.accesses.push_back(std::move(access));
}

int Recorder::read(int object) {
  const int value = see(object);
  run_.accesses.back().result = value;
  return value;
}

int Recorder::look(int object) {
  if (now_.contains(object)) return see(object);
  access({.kind = Access::Kind::look, .object = object});
  return read(object);
}

void Recorder::breaks(const char* claim, const char* text) {
  run_.steps.back().broken = claim;
  run_.steps.back().text = text;
  access({.kind = Access::Kind::breaks, .phrase = text});
  run_.accesses.back().function = claim;
  throw EndOfRun{};
}

void Recorder::new_round() {
  if (round_ < 0) {
    round_ = static_cast<int>(run_.steps.size());
    return;
  }
  run_.back_to = round_;
  throw EndOfRun{};
}

} // namespace stalemate::recording
