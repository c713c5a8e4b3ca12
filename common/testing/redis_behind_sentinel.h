// A primary with two replicas and three Sentinels of a test's own.
#ifndef JIEBANG_COMMON_TESTING_REDIS_BEHIND_SENTINEL_H_
#define JIEBANG_COMMON_TESTING_REDIS_BEHIND_SENTINEL_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "common/testing/redis_server.h"
#include "common/testing/temporary_directory.h"

namespace jiebang {

// A Sentinel takes a server for down after a second. Comes back from its construction when both replicas follow and all
// Sentinels know each other.
class RedisBehindSentinel {
 public:
  static constexpr char kMaster[] = "jiebang";

  RedisBehindSentinel();
  ~RedisBehindSentinel();
  RedisBehindSentinel(const RedisBehindSentinel&) = delete;
  RedisBehindSentinel& operator=(const RedisBehindSentinel&) = delete;

  const std::vector<int>& sentinel_ports() const { return sentinel_ports_; }
  RedisServer& server(std::size_t i) { return *servers_[i]; }
  // Which server a Sentinel takes for the primary.
  std::size_t Primary() const;
  // Comes back when that is another one than `before`, with a replica of its own.
  void AwaitFailover(std::size_t before) const;

  // SIGSTOP and SIGCONT.
  void PauseSentinel(std::size_t i);
  void ResumeSentinel(std::size_t i);

 private:
  std::string AskSentinel(std::size_t i, const std::vector<std::string>& command) const;

  const TemporaryDirectory directory_;
  std::vector<std::unique_ptr<RedisServer>> servers_;
  std::vector<int> sentinel_ports_;
  std::vector<pid_t> sentinels_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_REDIS_BEHIND_SENTINEL_H_
