#include "common/testing/redis_cluster.h"

#include <stdio.h>
#include <stdlib.h>

#include <algorithm>
#include <iostream>
#include <sstream>

#include "common/testing/programs.h"

namespace jiebang {
namespace {

constexpr int kClusterServers = 6;
constexpr int kKeysAtOnce = 100;

std::string Address(const RedisServer& server) { return "127.0.0.1:" + std::to_string(server.port()); }

std::vector<std::string> Words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

void MustBeOk(const std::string& answer, const std::string& what) {
  if (Contains(answer, "OK") || Contains(answer, "NOKEY")) return;
  std::cerr << what << ": " << answer << std::endl;
  abort();
}

}  // namespace

RedisCluster::RedisCluster() {
  std::vector<std::string> create = {"redis-cli", "--cluster", "create"};
  for (int i = 0; i < kClusterServers; ++i) {
    servers_.push_back(std::make_unique<RedisServer>(std::vector<std::string>{
        "--cluster-enabled", "yes", "--cluster-port", std::to_string(FreePort()), "--cluster-node-timeout", "1500",
        "--min-replicas-to-write", "1", "--min-replicas-max-lag", "3", "--repl-diskless-sync-delay", "0"}));
    create.push_back(Address(*servers_.back()));
  }
  create.insert(create.end(), {"--cluster-replicas", "1", "--cluster-yes"});
  const std::string output = OutputOf(create);
  if (!Contains(output, "All 16384 slots covered")) {
    std::cerr << output << std::endl;
    abort();
  }
  AwaitOrDie("every primary has its replica, and everybody knows it", [this] {
    return std::all_of(servers_.begin(), servers_.end(), [](const auto& server) {
      const std::string replication = server->RunCommand({"INFO", "replication"});
      return Contains(server->RunCommand({"CLUSTER", "INFO"}), "cluster_state:ok") &&
             (Contains(replication, "connected_slaves:1") || Contains(replication, "master_link_status:up"));
    });
  });
}

std::vector<int> RedisCluster::ports() const {
  std::vector<int> ports;
  for (const auto& server : servers_) ports.push_back(server->port());
  return ports;
}

const RedisServer& RedisCluster::Running() const {
  for (const auto& server : servers_) {
    if (server->is_running()) return *server;
  }
  abort();
}

std::size_t RedisCluster::PrimaryOf(int slot) const {
  // <id> <host:port@bus,...> <flags> <primary> <ping> <pong> <epoch> <link> <slots>...
  std::istringstream lines(Running().RunCommand({"CLUSTER", "NODES"}));
  for (std::string line; std::getline(lines, line);) {
    const std::vector<std::string> words = Words(line);
    if (words.size() < 9 || !Contains(words[2], "master") || Contains(words[2], "fail")) continue;
    for (std::size_t range = 8; range < words.size(); ++range) {
      int first = 0;
      int last = 0;
      const int read = sscanf(words[range].c_str(), "%d-%d", &first, &last);
      if (read == 0 || words[range][0] == '[') continue;
      if (read == 1) last = first;
      if (slot < first || slot > last) continue;
      for (std::size_t i = 0; i < servers_.size(); ++i) {
        if (Contains(words[1], Address(*servers_[i]) + "@")) return i;
      }
    }
  }
  return servers_.size();
}

std::string RedisCluster::IdOf(std::size_t i) const { return Words(servers_[i]->RunCommand({"CLUSTER", "MYID"}))[0]; }

void RedisCluster::AwaitFailover(int slot, std::size_t before) const {
  AwaitOrDie("another primary of the slot", [&] {
    const std::size_t now = PrimaryOf(slot);
    return now != before && now < servers_.size() &&
           Contains(Running().RunCommand({"CLUSTER", "INFO"}), "cluster_state:ok");
  });
}

void RedisCluster::MoveSlot(int slot, std::size_t to) const {
  const std::size_t from = PrimaryOf(slot);
  BeginToMoveSlot(slot, from, to);
  EndMovingSlot(slot, from, to);
}

void RedisCluster::BeginToMoveSlot(int slot, std::size_t from, std::size_t to) const {
  const std::string number = std::to_string(slot);
  MustBeOk(servers_[to]->RunCommand({"CLUSTER", "SETSLOT", number, "IMPORTING", IdOf(from)}), "importing");
  MustBeOk(servers_[from]->RunCommand({"CLUSTER", "SETSLOT", number, "MIGRATING", IdOf(to)}), "migrating");
}

void RedisCluster::EndMovingSlot(int slot, std::size_t from, std::size_t to) const {
  const std::string number = std::to_string(slot);
  const std::string script =
      "local keys = redis.call('CLUSTER', 'GETKEYSINSLOT', ARGV[1], ARGV[2]) "
      "if #keys == 0 then return 'NOKEY' end "
      "return redis.call('MIGRATE', '127.0.0.1', ARGV[3], '', 0, 60000, 'KEYS', unpack(keys))";
  const std::string port = std::to_string(servers_[to]->port());
  std::string moved;
  do {
    // Keys hold the byte 0, which no argument of a program can; so the server passes them on itself.
    moved = servers_[from]->RunCommand({"EVAL", script, "0", number, std::to_string(kKeysAtOnce), port});
    MustBeOk(moved, "migrate");
  } while (!Contains(moved, "NOKEY"));
  const std::string owner = IdOf(to);
  for (const std::size_t told : {to, from}) {
    MustBeOk(servers_[told]->RunCommand({"CLUSTER", "SETSLOT", number, "NODE", owner}), "node");
  }
  for (std::size_t i = 0; i < servers_.size(); ++i) {
    if (i != to && i != from && servers_[i]->is_running()) {
      servers_[i]->RunCommand(
          {"CLUSTER", "SETSLOT", number, "NODE", owner});  // a replica refuses, and learns by itself
    }
  }
}

}  // namespace jiebang
