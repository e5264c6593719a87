#pragma once

#include "model/scenario/word.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::kernel {

struct Member;
struct Case;

/// What may stand at a place of a scenario file, as data. The reader checks against it and the JSON
/// Schema is printed from it, so that they cannot differ. Made with the functions below.
struct Shape {
  enum class Kind : std::uint8_t {
    object, ///< members; with cases, also those of exactly one case
    list,   ///< low..high items, each items[0]
    text,   ///< any text
    name,   ///< a name of something: letters, digits, . _ -
    word,   ///< one of words
    number, ///< an integer, low..high
    truth,  ///< true or false
    yes,    ///< true
    either, ///< one of items, told apart by whether it is a string, an object or a list
    map,    ///< an object with keys of the user's choice, at most `high`, each value items[0]
  };
  Kind kind = Kind::text;
  std::string noun; ///< What an unknown word or key here is called: knob, layout word.
  std::vector<Member> members;
  std::string tag; ///< The member whose value names the case; empty: the case's name is a member.
  std::vector<Case> cases;
  std::vector<Shape> items;
  std::vector<Word> words;
  std::int64_t low = 0;
  std::int64_t high = 0;
  bool distinct = false;  ///< A list without equal items.
  bool patch = false;     ///< An object that is merged into another: members may be absent or null.
  bool is_whole = false;  ///< Replaced as a whole by a patch, not merged.
  bool is_open = false;   ///< Of words and tags: a scenario may bring more of them along.
  std::string definition; ///< The schema's name for this shape, if it appears in several places.
};

/// A member of an object.
struct Member {
  enum class Need : std::uint8_t {
    optional,
    merged,        ///< Must be there once a variant is merged into its scenario.
    one_of_merged, ///< Then, exactly one of the members that say so must be there.
    always,
  };
  std::string name;
  std::string text; ///< One line, no full stop.
  Shape shape;
  Need need = Need::optional;
};

/// One kind of an object that comes in several.
struct Case {
  std::string name;
  std::string text;
  std::vector<Member> members;
};

[[nodiscard]] Shape object_of(std::string noun, std::vector<Member> members);
[[nodiscard]] Shape list_of(Shape item, std::size_t low, std::size_t high);
[[nodiscard]] Shape text_shape();
[[nodiscard]] Shape name_shape();
[[nodiscard]] Shape word_of(std::string noun, std::vector<Word> words);
[[nodiscard]] Shape number_in(std::int64_t low, std::int64_t high);
[[nodiscard]] Shape truth_shape();
[[nodiscard]] Shape yes_shape();
[[nodiscard]] Shape either_of(Shape word, Shape other);
/// Keys are names of variables, with dots. `noun` says of what.
[[nodiscard]] Shape map_of(std::string noun, Shape value, std::size_t high);

} // namespace stalemate::kernel
