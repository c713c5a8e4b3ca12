// A redis-server of a test's own, which can be killed and started again.
#ifndef JIEBANG_COMMON_TESTING_REDIS_SERVER_H_
#define JIEBANG_COMMON_TESTING_REDIS_SERVER_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "common/testing/temporary_directory.h"

namespace jiebang {

// Listens on a socket in a folder of its own and on a free port of 127.0.0.1, and keeps every acknowledged write
// (appendonly yes, appendfsync always) unless told otherwise. Ends with the object, or with the
// thread that started it.
class RedisServer {
 public:
  // `arguments` follow our own on the command line, e.g. {"--appendfsync", "everysec"}. Ends the process when the
  // server does not answer in time: there is nothing to test then.
  explicit RedisServer(std::vector<std::string> arguments = {});
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  bool is_running() const { return process_ >= 0; }
  const std::string& unix_socket() const { return unix_socket_; }
  int port() const { return port_; }

  // As kill -9 does.
  void Kill();
  // After Kill, with further arguments; comes back when commands are answered.
  void Start(const std::vector<std::string>& arguments = {});

  // It keeps its connections, and answers nothing until Resume.
  void Pause();
  void Resume();

  // What redis-cli prints for a command, e.g. RunCommand({"CONFIG", "SET", "maxmemory", "1mb"}).
  std::string RunCommand(const std::vector<std::string>& command) const;

 private:
  bool Answers() const;

  const TemporaryDirectory directory_;
  const std::string unix_socket_;
  const int port_;
  const std::vector<std::string> arguments_;
  pid_t process_ = -1;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_REDIS_SERVER_H_
