// The program as a user runs it.
#pragma once

#include <string>
#include <vector>

namespace stalemate::cli::tests {

struct Outcome {
  int status = 0; ///< 128 + n if signal n killed it.
  std::string out;
  std::string err;
};

/// How a run differs from an ordinary one.
struct Setting {
  std::string folder = STALEMATE_SOURCE_DIR; ///< Where it runs.
  std::string input = {};                    ///< Its stdin.
  std::string program = STALEMATE_BINARY;    ///< Where it is.
  std::string output = {};                   ///< If not empty, stdout goes to this file.
  int signal = 0;                            ///< If not 0, sent to it...
  int signal_after_ms = 0;                   ///< ...after this time.
};

[[nodiscard]] Outcome run(const std::vector<std::string>& arguments, const Setting& setting = {});

/// A folder of its own for every test, gone with it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  /// Writes a file, returns its path.
  std::string add(const std::string& name, const std::string& text) const;

  /// The names in it, sorted.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::string path_;
};

/// A scenario file whose search takes minutes.
inline const std::string large_scenario = R"({
  "id": "L", "title": "Large", "file": {"blocks": ["unwritten", "hole", "unwritten", "hole"]},
  "processes": [{"path": "buffered_write", "segments": 8}, {"path": "buffered_write", "segments": 8},
                {"path": "buffered_write", "segments": 8}, {"path": "mmap_write"},
                {"path": "writeback"}, {"path": "reclaim"}, {"path": "reclaim"}],
  "properties": ["no_deadlock"]
})";

[[nodiscard]] std::string read(const std::string& path);

/// Fails unless the text equals cli/tests/golden/<name>, and says where they differ first. With
/// STALEMATE_APPROVE=1 in the environment the file is written instead.
void assert_golden(const std::string& name, const std::string& text);

[[nodiscard]] std::string
replaced(std::string text, const std::string& what, const std::string& replacement);

} // namespace stalemate::cli::tests
