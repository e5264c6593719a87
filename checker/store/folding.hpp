#pragma once

#include "checker/program/layout.hpp"
#include "checker/store/word_numbers.hpp"

#include <cstdint>
#include <vector>

namespace stalemate {

/// States of several words as single ones, and back: the tree compression of Blom, Lisser, van de
/// Pol and Weber. Each word of a state gets a number of 32 bits from a table of its own position;
/// two numbers make one word, which gets a number from a table again, until one word is left. Few
/// states differ in everything, so that what the tables hold is soon little next to the states.
///
/// The words are halved rather than paired from the left, so that no table sees much more of the
/// state than another one. A last word of up to 32 bits is its own number.
///
/// For one thread.
class Folding {
 public:
  explicit Folding(const Layout& layout);

  /// True if states are larger than what they are folded to.
  [[nodiscard]] static bool gains(const Layout& layout) { return layout.bytes() > 8; }

  /// What is known of a node of a state on its way to be folded.
  struct Part {
    Word word = 0;
    std::uint32_t number = 0;
    bool is_same = false; ///< As in the state that was unfolded last.
  };
  /// Of a state.
  [[nodiscard]] std::size_t parts() const { return nodes_.size(); }

  /// Finds what a state shares with the one that was unfolded last, of which it is a successor:
  /// that is most of it, and need not be looked up.
  void announce(const Word* state, Part* parts) const;
  /// Folds announced states, whose parts lie one behind the other: to the same word if they are the
  /// same, and only then. Throws std::bad_alloc.
  void fold(std::size_t count, Part* parts, Word* folded);

  /// The state that was folded to the word.
  void unfold(Word folded, Word* state) const;
  /// Fetches what unfold() will read first.
  void announce_folded(Word folded) const;

  /// Bytes of the tables when so many more states are folded, at most.
  [[nodiscard]] std::uint64_t memory_with(std::uint64_t more) const;

  void save(SnapshotWriter& out) const;
  /// Into a new one. Throws std::bad_alloc as well.
  void load(SnapshotReader& in);

 private:
  /// A word of the state, or two nodes before this one. The last node is the root.
  struct Node {
    int word = -1; ///< Of the state; or -1, and the numbers of two nodes:
    std::size_t left = 0;
    std::size_t right = 0;
    bool is_number = false; ///< The word needs no table.
  };
  /// What a node stands for in a state, and its number.
  struct Known {
    Word word = 0;
    std::uint32_t number = 0;
  };

  std::size_t add(int first, int end, bool is_last_short);
  void look_up(std::size_t number, std::size_t count, Part* parts);
  void know(std::size_t node, std::uint32_t number) const;

  std::vector<Node> nodes_;
  std::vector<WordNumbers> tables_; ///< By node, but for the root; those of numbers stay empty.
  mutable std::vector<Known> last_; ///< By node, of the state that was unfolded last.
};

} // namespace stalemate
