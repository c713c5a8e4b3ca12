#include "common/testing/redis_behind_sentinel.h"

#include <signal.h>

#include <fstream>

#include "common/testing/programs.h"

namespace jiebang {
namespace {

constexpr int kServers = 3;
constexpr int kSentinels = 3;

}  // namespace

RedisBehindSentinel::RedisBehindSentinel() {
  const std::vector<std::string> careful = {"--min-replicas-to-write",    "1", "--min-replicas-max-lag", "3",
                                            "--repl-diskless-sync-delay", "0"};
  servers_.push_back(std::make_unique<RedisServer>(careful));
  const std::string primary = std::to_string(servers_[0]->port());
  for (int i = 1; i < kServers; ++i) {
    std::vector<std::string> following = careful;
    following.insert(following.end(), {"--replicaof", "127.0.0.1 " + primary});
    servers_.push_back(std::make_unique<RedisServer>(following));
  }
  for (int i = 0; i < kSentinels; ++i) {
    sentinel_ports_.push_back(FreePort());
    const std::string file = (directory_.path() / ("sentinel" + std::to_string(i) + ".conf")).string();
    std::ofstream(file) << "port " << sentinel_ports_.back() << "\nbind 127.0.0.1\ndir " << directory_.path().string()
                        << "\nlogfile " << file << ".log\nsentinel monitor " << kMaster << " 127.0.0.1 " << primary
                        << " 2\nsentinel down-after-milliseconds " << kMaster << " 1000\nsentinel failover-timeout "
                        << kMaster << " 5000\n";
    sentinels_.push_back(StartProgram({"redis-server", file, "--sentinel"}));
  }
  AwaitOrDie("two replicas follow", [this] {
    return Contains(servers_[0]->RunCommand({"INFO", "replication"}), "connected_slaves:2");
  });
  AwaitOrDie("the Sentinels know all", [this] {
    for (int i = 0; i < kSentinels; ++i) {
      const std::string state = AskSentinel(i, {"INFO", "sentinel"});
      if (!Contains(state, "status=ok") || !Contains(state, "slaves=2,sentinels=3")) return false;
    }
    return true;
  });
}

RedisBehindSentinel::~RedisBehindSentinel() {
  for (const pid_t sentinel : sentinels_) KillProgram(sentinel);
}

std::size_t RedisBehindSentinel::Primary() const {
  for (std::size_t asked = 0; asked < sentinels_.size(); ++asked) {
    const std::string address = AskSentinel(asked, {"SENTINEL", "GET-MASTER-ADDR-BY-NAME", kMaster});
    for (std::size_t i = 0; i < servers_.size(); ++i) {
      if (Contains(address, "\n" + std::to_string(servers_[i]->port()) + "\n")) return i;
    }
  }
  return servers_.size();
}

void RedisBehindSentinel::AwaitFailover(std::size_t before) const {
  AwaitOrDie("another primary", [&] {
    const std::size_t now = Primary();
    return now != before && now < servers_.size() && Contains(servers_[now]->RunCommand({"ROLE"}), "master") &&
           !Contains(servers_[now]->RunCommand({"INFO", "replication"}), "connected_slaves:0");
  });
}

void RedisBehindSentinel::PauseSentinel(std::size_t i) { kill(sentinels_[i], SIGSTOP); }
void RedisBehindSentinel::ResumeSentinel(std::size_t i) { kill(sentinels_[i], SIGCONT); }

std::string RedisBehindSentinel::AskSentinel(std::size_t i, const std::vector<std::string>& command) const {
  std::vector<std::string> arguments = {"timeout", "1", "redis-cli", "-p", std::to_string(sentinel_ports_[i])};
  arguments.insert(arguments.end(), command.begin(), command.end());
  return OutputOf(arguments);
}

}  // namespace jiebang
