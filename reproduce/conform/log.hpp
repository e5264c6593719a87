// What one run of a program in the guest left behind: every arrival at a function that was watched,
// and what the file held then. As a file of text:
//
//   stalemate-log 1
//   scenario scenarios/iomap/R1-write-vs-reclaim.json#valid
//   version v6.1
//   kernel 6.1.0-57-cloud-amd64, 2 CPUs, seed 7
//   watched iomap_iter iomap_write_begin
//       0         0 writer0     race            enter begin
//       1        12 writer0     race            exit iomap_iter -> 1
//       2        15 kswapd      race            enter __remove_mapping of 131
//   content cache 131 4096 77 6f
//   end
//
// Arrivals are as the module prints them: number, microseconds, role, command, kind, function. Of
// each segment of the file its byte, ?? where it has more than one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stalemate::reproduce {

/// Somebody enters a function, or leaves it.
struct Arrival {
  std::string written; ///< The line.
  int line = 0;        ///< Its number in the file.
  std::string role;    ///< "-" in an interrupt.
  std::string command; ///< Of the task: several workers may have one role.
  bool is_exit = false;
  std::string function;
  long long value = 0; ///< Of an exit: what the register of the result held.
  long file = 0;       ///< Of an entry: on which file it is; 0 if nothing says.

  /// "writer0 exit xfs_iomap_valid -> 0"
  [[nodiscard]] std::string text() const;
  /// The same task, at the same function.
  [[nodiscard]] bool is_of_call(const Arrival& other) const {
    return role == other.role && command == other.command && function == other.function;
  }
};

/// The file, read through the page cache or from the disk.
struct Content {
  std::string where;              ///< "cache" or "disk"
  long file = 0;                  ///< Its number.
  int size = 0;                   ///< In bytes.
  std::vector<std::string> bytes; ///< By segment.
};

struct Log {
  std::string scenario; ///< FILE#VARIANT
  std::string version;  ///< Of the map, v6.1.
  std::string kernel;   ///< On what it ran, in words.
  std::vector<std::string> watched;
  std::vector<Arrival> arrivals;
  std::vector<Content> contents;
};

/// Throws Refusal: "NAME:LINE: ...".
[[nodiscard]] Log read_log(const std::string& name, std::string_view text);

/// The same as a file.
[[nodiscard]] std::string text_of(const Log& log);

/// What a campaign printed: logs with `scenario` as the guest calls the play, and nothing else but
/// what every log of the boot has.
struct Recorded {
  std::vector<Log> logs;
  std::vector<std::string> broken; ///< What went wrong in the guest itself.
  bool is_complete = false;        ///< It came to its end.
};

/// `watched` is what the guest was asked to watch; what it refused is left out.
[[nodiscard]] Recorded read_recorded(std::string_view printed,
                                     const std::vector<std::string>& watched);

} // namespace stalemate::reproduce
