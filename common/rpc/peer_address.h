// From where a call comes, as gRPC says it.
#ifndef JIEBANG_COMMON_RPC_PEER_ADDRESS_H_
#define JIEBANG_COMMON_RPC_PEER_ADDRESS_H_

#include <string>
#include <string_view>

namespace jiebang::rpc {

// The address in a gRPC peer, without the port, which changes with each connection: `192.0.2.7` of
// "ipv4:192.0.2.7:5678", `2001:db8::7` of "ipv6:%5B2001:db8::7%5D:5678", `unix` of a socket of this machine. What is
// none of these comes back as it is, 64 bytes of it at most.
std::string AddressOfPeer(std::string_view peer);

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_PEER_ADDRESS_H_
