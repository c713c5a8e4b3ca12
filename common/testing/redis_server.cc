#include "common/testing/redis_server.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <thread>
#include <utility>

#include "common/testing/programs.h"

namespace jiebang {

RedisServer::RedisServer(std::vector<std::string> arguments)
    : unix_socket_((directory_.path() / "redis.sock").string()), port_(FreePort()), arguments_(std::move(arguments)) {
  Start();
}

RedisServer::~RedisServer() { Kill(); }

void RedisServer::Kill() {
  if (process_ < 0) return;
  KillProgram(std::exchange(process_, -1));
}

void RedisServer::Start(const std::vector<std::string>& arguments) {
  const std::string log = (directory_.path() / "redis.log").string();
  std::vector<std::string> command = {"redis-server",
                                      "--dir",
                                      directory_.path().string(),
                                      "--unixsocket",
                                      unix_socket_,
                                      "--bind",
                                      "127.0.0.1",
                                      "--port",
                                      std::to_string(port_),
                                      "--save",
                                      "",
                                      "--appendonly",
                                      "yes",
                                      "--appendfsync",
                                      "always",
                                      "--logfile",
                                      log};
  command.insert(command.end(), arguments_.begin(), arguments_.end());
  command.insert(command.end(), arguments.begin(), arguments.end());
  process_ = StartProgram(command);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!Answers()) {
    if (std::chrono::steady_clock::now() > deadline || waitpid(process_, nullptr, WNOHANG) == process_) {
      std::cerr << "redis-server does not answer; its log:\n" << std::ifstream(log).rdbuf() << std::endl;
      abort();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void RedisServer::Pause() { kill(process_, SIGSTOP); }
void RedisServer::Resume() { kill(process_, SIGCONT); }

// While it loads its file it answers, but with an error.
bool RedisServer::Answers() const {
  return access(unix_socket_.c_str(), F_OK) == 0 && RunCommand({"PING"}) == "PONG\n";
}

std::string RedisServer::RunCommand(const std::vector<std::string>& command) const {
  std::vector<std::string> arguments = {"redis-cli", "-s", unix_socket_};
  arguments.insert(arguments.end(), command.begin(), command.end());
  return OutputOf(arguments);
}

}  // namespace jiebang
