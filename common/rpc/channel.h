// Connections within a suite.
#ifndef JIEBANG_COMMON_RPC_CHANNEL_H_
#define JIEBANG_COMMON_RPC_CHANNEL_H_

#include <memory>
#include <string>

namespace grpc {
class Channel;
}  // namespace grpc

namespace jiebang::rpc {

// `address`: host:port or unix:path, plaintext; several replicas by `dns:///name:port`, used in turn. Connects when it
// is first used and again when the connection is lost.
std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address);

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_CHANNEL_H_
