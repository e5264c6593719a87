#include "reproduce/conform/mutate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <set>

namespace stalemate::reproduce {

namespace {

/// Of the arrivals: the entry, and the exit that belongs to it.
struct Span {
  std::size_t enter = 0;
  std::size_t exit = 0;
};

class Mutation {
 public:
  Mutation(const Log& log, const Changeable& changeable, std::uint32_t seed)
      : log_(log), changeable_(changeable), random_(seed) {
    for (const int i : changeable.arrivals)
      if (const auto span = span_of(static_cast<std::size_t>(i))) calls_.push_back(*span);
  }

  std::optional<Mutant> moved() {
    if (calls_.empty()) return std::nullopt;
    const Span call = calls_[below(calls_.size())];
    const auto [taken, rest] = taken_out(call);
    const std::size_t to = below(rest.size() + 1);
    const std::size_t from = call.enter;
    if (to == from) return std::nullopt;
    Mutant mutant{log_, fmt::format("{} goes to arrival {}", name_of(call), to)};
    mutant.function = log_.arrivals[call.enter].function;
    for (std::size_t i = std::min(to, from); i < std::max(to, from); ++i)
      mutant.passes_its_own |= rest[i].role == taken.front().role;
    mutant.log.arrivals = rest;
    mutant.log.arrivals.insert(
        mutant.log.arrivals.begin() + static_cast<std::ptrdiff_t>(to), taken.begin(), taken.end());
    return mutant;
  }

  std::optional<Mutant> dropped() {
    if (calls_.empty()) return std::nullopt;
    const Span call = calls_[below(calls_.size())];
    Mutant mutant{log_, fmt::format("{} is missing", name_of(call))};
    mutant.function = log_.arrivals[call.enter].function;
    auto& arrivals = mutant.log.arrivals;
    arrivals.erase(arrivals.begin() + static_cast<std::ptrdiff_t>(call.exit));
    arrivals.erase(arrivals.begin() + static_cast<std::ptrdiff_t>(call.enter));
    return mutant;
  }

  std::optional<Mutant> swapped() {
    if (calls_.size() < 2) return std::nullopt;
    const Span one = calls_[below(calls_.size())];
    const Span other = calls_[below(calls_.size())];
    const Arrival& a = log_.arrivals[one.enter];
    const Arrival& b = log_.arrivals[other.enter];
    if (a.role == b.role && a.function == b.function) return std::nullopt;
    Mutant mutant{log_, fmt::format("{} and {} change places", name_of(one), name_of(other))};
    mutant.function = a.function;
    mutant.passes_its_own = a.role == b.role;
    std::swap(mutant.log.arrivals[one.enter], mutant.log.arrivals[other.enter]);
    std::swap(mutant.log.arrivals[one.exit], mutant.log.arrivals[other.exit]);
    return mutant;
  }

  std::optional<Mutant> value() {
    std::vector<std::pair<std::size_t, long long>> candidates;
    for (std::size_t i = 0; i < log_.arrivals.size(); ++i)
      for (const auto& [function, values] : changeable_.values) {
        const Arrival& arrival = log_.arrivals[i];
        if (!arrival.is_exit || arrival.function != function) continue;
        candidates.emplace_back(
            i, (arrival.value & 0xff) == values.first ? values.second : values.first);
      }
    if (candidates.empty()) return std::nullopt;
    const auto [index, value] = candidates[below(candidates.size())];
    Mutant mutant{log_, fmt::format("{} returns {}", log_.arrivals[index].text(), value)};
    mutant.function = log_.arrivals[index].function;
    Arrival& exit = mutant.log.arrivals[index];
    exit.value = value;
    exit.written = fmt::format("{} {}", exit.written.substr(0, exit.written.rfind(' ')), value);
    return mutant;
  }

  std::optional<Mutant> content() {
    const auto cache = std::ranges::find(log_.contents, "cache", &Content::where);
    if (cache == log_.contents.end() || cache->bytes.empty()) return std::nullopt;
    std::set<std::string> known{"00", "6f", "41"};
    known.insert(cache->bytes.begin(), cache->bytes.end());
    known.erase("??");
    const std::size_t segment = below(cache->bytes.size());
    known.erase(cache->bytes[segment]);
    auto byte = known.begin();
    std::advance(byte, static_cast<std::ptrdiff_t>(below(known.size())));
    Mutant mutant{log_,
                  fmt::format("segment {} is {}, not {}", segment, *byte, cache->bytes[segment])};
    mutant.log.contents[static_cast<std::size_t>(cache - log_.contents.begin())].bytes[segment] =
        *byte;
    return mutant;
  }

 private:
  std::size_t below(std::size_t count) {
    // The library's distributions differ from machine to machine.
    return random_() % count;
  }

  [[nodiscard]] std::optional<Span> span_of(std::size_t enter) const {
    const Arrival& begin = log_.arrivals[enter];
    if (begin.is_exit) return std::nullopt;
    int depth = 0;
    for (std::size_t i = enter; i < log_.arrivals.size(); ++i) {
      const Arrival& at = log_.arrivals[i];
      if (!at.is_of_call(begin)) continue;
      depth += at.is_exit ? -1 : 1;
      if (depth == 0) return Span{enter, i};
    }
    return std::nullopt;
  }

  /// The arrivals of the task from the entry to the exit, and all others.
  [[nodiscard]] std::pair<std::vector<Arrival>, std::vector<Arrival>>
  taken_out(const Span& call) const {
    std::pair<std::vector<Arrival>, std::vector<Arrival>> parts;
    for (std::size_t i = 0; i < log_.arrivals.size(); ++i) {
      const bool is_inside = call.enter <= i && i <= call.exit &&
                             log_.arrivals[i].role == log_.arrivals[call.enter].role;
      (is_inside ? parts.first : parts.second).push_back(log_.arrivals[i]);
    }
    return parts;
  }

  [[nodiscard]] std::string name_of(const Span& call) const {
    const Arrival& arrival = log_.arrivals[call.enter];
    return fmt::format("{} {} of line {}", arrival.role, arrival.function, arrival.line);
  }

  const Log& log_;
  const Changeable& changeable_;
  std::mt19937 random_;
  std::vector<Span> calls_;
};

} // namespace

const char* word(Change change) {
  switch (change) {
  case Change::moved:
    return "moved";
  case Change::dropped:
    return "dropped";
  case Change::swapped:
    return "swapped";
  case Change::value:
    return "value";
  case Change::content:
    break;
  }
  return "content";
}

std::optional<Mutant>
mutant_of(const Log& log, const Changeable& changeable, Change change, std::uint32_t seed) {
  Mutation mutation(log, changeable, seed);
  switch (change) {
  case Change::moved:
    return mutation.moved();
  case Change::dropped:
    return mutation.dropped();
  case Change::swapped:
    return mutation.swapped();
  case Change::value:
    return mutation.value();
  case Change::content:
    break;
  }
  return mutation.content();
}

} // namespace stalemate::reproduce
