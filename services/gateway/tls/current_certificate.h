// The certificate of the moment: files that somebody else renews, watched.
#ifndef JIEBANG_SERVICES_GATEWAY_TLS_CURRENT_CERTIFICATE_H_
#define JIEBANG_SERVICES_GATEWAY_TLS_CURRENT_CERTIFICATE_H_

#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "boost/asio/ssl/context.hpp"
#include "services/gateway/tls/server_certificate.h"

namespace jiebang::gateway {

// Both ports ask it at each handshake; connections that stand keep the certificate that they began with. Thread-safe.
class CurrentCertificate {
 public:
  // Looks at the files each `interval`. ServerCertificate's errors when they cannot be used at the start.
  static absl::StatusOr<std::unique_ptr<CurrentCertificate>> Watch(CertificateFiles files,
                                                                   absl::Duration interval = absl::Seconds(1));
  ~CurrentCertificate();

  std::shared_ptr<const ServerCertificate> Get() const;

  // Changes to what the files say now, if it can be served; else keeps what it has, and says so on standard error when
  // the last look found the same.
  void Look();

  // As Get, in the shape in which the HTTP port takes it. This outlives what is returned.
  std::function<std::shared_ptr<boost::asio::ssl::context>()> http_contexts() const;

 private:
  CurrentCertificate(CertificateFiles files, ServerCertificate first, absl::Duration interval);

  absl::Status TakeUp();

  const CertificateFiles files_;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const ServerCertificate> current_ ABSL_GUARDED_BY(mutex_);
  absl::Mutex look_mutex_;
  absl::Status problem_ ABSL_GUARDED_BY(look_mutex_);  // that the last look found
  bool is_reported_ ABSL_GUARDED_BY(look_mutex_) = true;
  absl::Notification end_;
  std::thread thread_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_TLS_CURRENT_CERTIFICATE_H_
