// How one service calls another over its public contract. No gRPC types here, so that handlers stay light to compile.
#ifndef JIEBANG_COMMON_RPC_CLIENT_H_
#define JIEBANG_COMMON_RPC_CLIENT_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/token/principal_seal.h"
#include "google/protobuf/message.h"

namespace grpc {
class Channel;
}  // namespace grpc

namespace jiebang::rpc {

// A service of the suite as another one calls it. Thread-safe. Calls go out as ROLE_SERVICE under the name of the
// calling service, with its caller and for whom that one acts (ChainOf) as `on_behalf_of`, the original caller's
// address, its trace and what is left of its deadline; but for AskAs.
class Client {
 public:
  // `service`: the calling service's name, e.g. "quota". `seal` outlives the client.
  Client(std::string service, const token::PrincipalSeal& seal);
  ~Client();

  // Says where the other one is; before the first call. Within one process: the server's in-process channel.
  void Connect(std::shared_ptr<grpc::Channel> channel);
  // As ChannelTo.
  void ConnectTo(const std::string& address);

  // `method`: "/jiebang.application.v1.ApplicationService/HoldApplication". Awaited on a gRPC loop. The status is the
  // other service's own, with its details.
  template <class Response>
  Task<absl::StatusOr<Response>> Ask(const Call& call, std::string method,
                                     const google::protobuf::Message& request) const {
    Response response;
    const absl::Status status = co_await Send(Outgoing::For(call), std::move(method), request, response);
    if (!status.ok()) co_return status;
    co_return std::move(response);
  }

  // For what the service does by itself: without a caller, within `timeout`.
  template <class Response>
  Task<absl::StatusOr<Response>> AskByItself(absl::Duration timeout, std::string method,
                                             const google::protobuf::Message& request) const {
    Response response;
    // A local: g++ 12 miscompiles braced temporaries within co_await.
    Outgoing outgoing{.deadline = absl::Now() + timeout};
    const absl::Status status = co_await Send(std::move(outgoing), std::move(method), request, response);
    if (!status.ok()) co_return status;
    co_return std::move(response);
  }

  // What the service does in the place of somebody who may see less than a service: it is answered as `principal`,
  // whose validity is the call's, would be. Within `timeout`.
  template <class Response>
  Task<absl::StatusOr<Response>> AskAs(identity::v1::Principal principal, absl::Duration timeout, std::string method,
                                       const google::protobuf::Message& request) const {
    Response response;
    Outgoing outgoing{.deadline = absl::Now() + timeout};
    outgoing.instead = std::move(principal);
    const absl::Status status = co_await Send(std::move(outgoing), std::move(method), request, response);
    if (!status.ok()) co_return status;
    co_return std::move(response);
  }

 private:
  struct Outgoing {
    absl::Time deadline;
    std::string on_behalf_of = {};
    std::string source_address = {};
    std::string trace_parent = {};
    std::optional<identity::v1::Principal> instead = {};  // of the service itself

    static Outgoing For(const Call& call);
  };

  Task<absl::Status> Send(Outgoing outgoing, std::string method, const google::protobuf::Message& request,
                          google::protobuf::Message& response) const;

  const std::string service_;
  const token::PrincipalSeal& seal_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_CLIENT_H_
