#pragma once

#include "checker/builder/path.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::tests {

/// A channel that keeps nothing: one sends and one other receives, both in one step.
struct Channel {
  int number;
};

/// A process that is given by its locations and the ways between them, as many published models
/// are. It starts at its first location.
class Automaton {
 public:
  /// From one location to another, where a condition is true, and what happens then.
  class Way {
   public:
    void sends(Channel channel) { sends(channel, 0); }
    void sends(Channel channel, const build::Expr& value);
    void receives(Channel channel) { message_ = {channel.number, false, {}}; }
    /// The value is there before anything else happens.
    void receives(Channel channel, const build::Place& place);

   private:
    friend class Automaton;
    friend class Automata;
    /// What it sends, or the cells that what it receives is assigned to.
    struct Message {
      int channel;
      bool is_sent;
      std::vector<build::Place> places;
    };

    std::string from_;
    std::string to_;
    build::Expr guard_ = true;
    build::Effect effect_;
    std::optional<Message> message_;
    build::Expr sent_ = 0;
  };

  /// A variable of this automaton, 0 at the start.
  [[nodiscard]] build::Place local(const std::string& name, int high);

  Way& way(const std::string& from, const std::string& to) { return way(from, to, true, {}); }
  Way& way(const std::string& from, const std::string& to, const build::Expr& guard) {
    return way(from, to, guard, {});
  }
  Way& way(const std::string& from, const std::string& to, const build::Effect& effect) {
    return way(from, to, true, effect);
  }
  Way& way(const std::string& from,
           const std::string& to,
           const build::Expr& guard,
           const build::Effect& effect);

  /// Is it there? Only once everything is recorded.
  [[nodiscard]] build::Expr at(const std::string& location) const;

 private:
  friend class Automata;
  Automaton(build::Model& model, std::string name, std::vector<std::string> locations)
      : model_(model), name_(std::move(name)), locations_(std::move(locations)) {}

  [[nodiscard]] bool meets() const;
  [[nodiscard]] bool has_ways_from(const std::string& location) const;
  [[nodiscard]] int number(const std::string& location) const;
  void record(build::Path& path) const;

  build::Model& model_;
  std::string name_;
  std::vector<std::string> locations_;
  std::deque<Way> ways_;
  /// Where it is, if others move it: whoever sends takes the receiver along.
  std::optional<build::Place> place_;
  std::vector<std::string> recorded_; ///< Locations that are steps, in order.
};

/// Automata over common variables. Each runs by itself, and a state says where each of them is and
/// what every variable is, so that states can be counted like those of the models they come from.
class Automata {
 public:
  Automata(const std::string& name, std::vector<std::string> names)
      : variables(names, name), names_(std::move(names)) {}
  Automata(const Automata&) = delete;
  Automata& operator=(const Automata&) = delete;

  build::Model variables;

  [[nodiscard]] Channel channel() { return {channels_++}; }
  /// The next one, in the order of the names.
  Automaton& add(std::vector<std::string> locations);
  [[nodiscard]] const Automaton& operator[](int number) const {
    return automata_.at(static_cast<std::size_t>(number));
  }

  /// Writes the processes down. To be called once, when all ways are known.
  void record();
  /// Are at least two of them there?
  [[nodiscard]] build::Expr two_at(const std::string& location) const;

 private:
  void record_meetings(build::Path& path, const Automaton& sender) const;

  std::vector<std::string> names_;
  std::deque<Automaton> automata_;
  int channels_ = 0;
};

/// name0, name1 and so on.
[[nodiscard]] std::vector<std::string> numbered(const std::string& name, int count);

/// The cell at an index that the guard keeps inside the array, which its range does not say.
[[nodiscard]] build::Place cell(const build::Array& array, const build::Expr& index);

} // namespace stalemate::tests
