#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate {

/// What a program did.
struct Ran {
  int status = 0;           ///< Its exit status; 128 + n if signal n ended it, 127 if not found.
  std::string out;          ///< Everything that it printed.
  double seconds = 0;       ///< Of processor time.
  std::uint64_t memory = 0; ///< The most that it had, in bytes.
};

/// A folder of its own, gone with it.
class TemporaryFolder {
 public:
  /// Throws std::runtime_error if there is no place for one.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  std::string path_;
};

/// A program that runs beside us, in a folder, without input. It is ended after so many seconds of
/// processor time, which gives a status above 128, or when nobody wants it any more.
///
/// With a group of its own, what it has started ends with it; but what is typed at the terminal to
/// interrupt us does not reach it.
class Command {
 public:
  enum class Group : std::uint8_t { ours, own };

  /// Throws std::runtime_error if there is no room for another process or for its output.
  Command(const std::vector<std::string>& words,
          const std::string& folder,
          unsigned seconds_max = 3600,
          Group group = Group::ours);
  ~Command();
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  [[nodiscard]] bool is_done();
  /// Waits for its end.
  [[nodiscard]] const Ran& result();

 private:
  bool wait(int options);

  TemporaryFolder log_;
  Group group_;
  int process_ = -1; ///< Its number; -1 when it has ended.
  Ran ran_;
};

/// Runs a program to its end.
[[nodiscard]] Ran
run(const std::vector<std::string>& words, const std::string& folder, unsigned seconds_max = 3600);

/// True if a program of this name can be run.
[[nodiscard]] bool has_program(const std::string& name);

} // namespace stalemate
