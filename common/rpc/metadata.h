// The names of what travels beside a message, and their limits.
#ifndef JIEBANG_COMMON_RPC_METADATA_H_
#define JIEBANG_COMMON_RPC_METADATA_H_

namespace jiebang::rpc {

// The signed principal; set by the gateway and by services, never taken from outside.
inline constexpr char kPrincipalMetadata[] = "jiebang-principal-bin";
// W3C Trace Context.
inline constexpr char kTraceParentMetadata[] = "traceparent";
// "Bearer <token>"; from outside to the gateway only.
inline constexpr char kAuthorizationMetadata[] = "authorization";

inline constexpr int kMaxMessageBytes = 4 << 20;
// Requests carry little; answers carry error details of up to 6 KiB.
inline constexpr int kMaxMetadataBytes = 16 << 10;

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_METADATA_H_
