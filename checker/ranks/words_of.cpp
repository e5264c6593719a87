#include "checker/ranks/words_of.hpp"

#include <cstring>

namespace stalemate {

namespace {

/// Writes values one behind the other.
class Scribe {
 public:
  void tell(std::uint64_t value) {
    const auto* bytes = reinterpret_cast<const std::byte*>(&value);
    message.insert(message.end(), bytes, bytes + sizeof value);
  }
  void tell(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    tell(bits);
  }
  void tell(bool value) { tell(std::uint64_t{value}); }
  void tell(Verdict value) { tell(static_cast<std::uint64_t>(value)); }
  void tell(char value) { tell(static_cast<std::uint64_t>(static_cast<unsigned char>(value))); }
  void tell(int value) { tell(static_cast<std::uint64_t>(static_cast<std::int64_t>(value))); }
  void tell(const Decision& value) {
    tell(value.process);
    tell(value.alternative);
  }
  template <typename Values>
  void tell(const Values& values) {
    tell(static_cast<std::uint64_t>(values.size()));
    for (const auto& value : values)
      tell(value);
  }

  Ranks::Message message;
};

/// Reads them in the same order.
class Listener {
 public:
  explicit Listener(const Ranks::Message& message) : message_(message) {}

  void tell(std::uint64_t& value) {
    std::memcpy(&value, message_.data() + at_, sizeof value);
    at_ += sizeof value;
  }
  void tell(double& value) {
    const std::uint64_t bits = number();
    std::memcpy(&value, &bits, sizeof value);
  }
  void tell(bool& value) { value = number() != 0; }
  void tell(Verdict& value) { value = static_cast<Verdict>(number()); }
  void tell(char& value) { value = static_cast<char>(number()); }
  void tell(int& value) { value = static_cast<int>(static_cast<std::int64_t>(number())); }
  void tell(Decision& value) {
    tell(value.process);
    tell(value.alternative);
  }
  template <typename Values>
  void tell(Values& values) {
    values.resize(number());
    for (auto& value : values)
      tell(value);
  }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    tell(value);
    return value;
  }

  const Ranks::Message& message_;
  std::size_t at_ = 0;
};

template <typename Teller, typename Told>
void tell_all(Teller& teller, Told& result) {
  teller.tell(result.verdict);
  teller.tell(result.property);
  teller.tell(result.part);
  teller.tell(result.reason);
  teller.tell(result.counts.states);
  teller.tell(result.counts.transitions);
  teller.tell(result.counts.depth);
  teller.tell(result.omission);
  teller.tell(result.is_reduced);
  teller.tell(result.schedule);
  teller.tell(result.is_shortest);
  teller.tell(result.loop);
  teller.tell(result.process);
  teller.tell(result.unreached);
  teller.tell(result.stranded);
  teller.tell(result.coverage.fired);
}

} // namespace

Ranks::Message words_of(int rank, const Ranks::Message& words, Ranks& ranks) {
  const auto count = static_cast<std::size_t>(ranks.count());
  std::vector<Ranks::Message> out(count);
  if (ranks.number() == rank) out.assign(count, words);
  std::vector<Ranks::Message> in(count);
  ranks.exchange(out, in);
  return in[static_cast<std::size_t>(rank)];
}

std::string words_of(int rank, const std::string& words, Ranks& ranks) {
  Ranks::Message message(words.size());
  std::memcpy(message.data(), words.data(), words.size());
  message = words_of(rank, message, ranks);
  return {reinterpret_cast<const char*>(message.data()), message.size()};
}

Result result_of(int rank, const Result& result, Ranks& ranks) {
  Scribe scribe;
  if (ranks.number() == rank) tell_all(scribe, result);
  const Ranks::Message message = words_of(rank, scribe.message, ranks);
  Listener listener(message);
  Result told;
  tell_all(listener, told);
  return told;
}

} // namespace stalemate
