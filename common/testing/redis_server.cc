#include "common/testing/redis_server.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <thread>
#include <utility>

namespace jiebang {
namespace {

int FreePort() {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  bind(descriptor, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  close(descriptor);
  return ntohs(address.sin_port);
}

// Starts a program that ends with this process. `output`: where its standard output and error go, or -1.
pid_t Execute(const std::vector<std::string>& command, int output) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const pid_t process = fork();
  if (process != 0) return process;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (output >= 0) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
  }
  execvp(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

RedisServer::RedisServer(std::vector<std::string> arguments)
    : unix_socket_((directory_.path() / "redis.sock").string()), port_(FreePort()), arguments_(std::move(arguments)) {
  Start();
}

RedisServer::~RedisServer() { Kill(); }

void RedisServer::Kill() {
  if (process_ < 0) return;
  kill(process_, SIGKILL);
  waitpid(std::exchange(process_, -1), nullptr, 0);
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
  process_ = Execute(command, -1);
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
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) abort();
  const pid_t process = Execute(arguments, ends[1]);
  close(ends[1]);
  std::string output;
  char buffer[4096];
  for (ssize_t size = 0; (size = read(ends[0], buffer, sizeof(buffer))) > 0;)
    output.append(buffer, static_cast<std::size_t>(size));
  close(ends[0]);
  waitpid(process, nullptr, 0);
  return output;
}

}  // namespace jiebang
