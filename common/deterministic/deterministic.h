// The bytes of a message that are the same for the same content, whoever serializes it: what digests and fingerprints
// are taken of.
#ifndef JIEBANG_COMMON_DETERMINISTIC_DETERMINISTIC_H_
#define JIEBANG_COMMON_DETERMINISTIC_DETERMINISTIC_H_

#include <string>

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace jiebang {

// As SerializeAsString, with the entries of maps in the order of their keys.
std::string DeterministicBytes(const google::protobuf::Message& message);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_DETERMINISTIC_DETERMINISTIC_H_
