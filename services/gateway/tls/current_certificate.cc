#include "services/gateway/tls/current_certificate.h"

#include <cstdio>
#include <string>

#include "common/status/status_macros.h"

namespace jiebang::gateway {

absl::StatusOr<std::unique_ptr<CurrentCertificate>> CurrentCertificate::Watch(CertificateFiles files,
                                                                              absl::Duration interval) {
  ASSIGN_OR_RETURN(CertificatePems pems, CertificatePems::Read(files));
  ASSIGN_OR_RETURN(ServerCertificate first, ServerCertificate::Of(std::move(pems)));
  return std::unique_ptr<CurrentCertificate>(new CurrentCertificate(std::move(files), std::move(first), interval));
}

CurrentCertificate::CurrentCertificate(CertificateFiles files, ServerCertificate first, absl::Duration interval)
    : files_(std::move(files)),
      current_(std::make_shared<const ServerCertificate>(std::move(first))),
      thread_([this, interval] {
        while (!end_.WaitForNotificationWithTimeout(interval)) Look();
      }) {}

CurrentCertificate::~CurrentCertificate() {
  end_.Notify();
  thread_.join();
}

std::shared_ptr<const ServerCertificate> CurrentCertificate::Get() const {
  absl::MutexLock lock(&mutex_);
  return current_;
}

std::function<std::shared_ptr<boost::asio::ssl::context>()> CurrentCertificate::http_contexts() const {
  return [this] { return Get()->http_context; };
}

void CurrentCertificate::Look() {
  absl::MutexLock lock(&look_mutex_);
  absl::Status problem = TakeUp();
  // A certificate and its key are two files, and one is written before the other: only what two looks find is wrong.
  if (problem != problem_) {
    problem_ = std::move(problem);
    is_reported_ = problem_.ok();
  } else if (!is_reported_) {
    std::fprintf(stderr, "gateway: keeps its TLS certificate: %s\n", std::string(problem_.message()).c_str());
    is_reported_ = true;
  }
}

absl::Status CurrentCertificate::TakeUp() {
  // Contents and not times of change: a mounted secret changes by a symbolic link, and one second may see two changes.
  ASSIGN_OR_RETURN(CertificatePems pems, CertificatePems::Read(files_));
  if (pems == Get()->pems) return absl::OkStatus();
  ASSIGN_OR_RETURN(ServerCertificate fresh, ServerCertificate::Of(std::move(pems)));
  auto next = std::make_shared<const ServerCertificate>(std::move(fresh));
  absl::MutexLock lock(&mutex_);
  current_ = std::move(next);
  return absl::OkStatus();
}

}  // namespace jiebang::gateway
